import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { keyCanary } from './start-world.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the page once for all journeys. */
export default async function buildPage(): Promise<void> {
  // Every journey would fail if the build copied the environment into the page.
  process.env['CEKURA_API_KEY'] = keyCanary
  process.env['VITE_CEKURA_API_KEY'] = keyCanary
  await build({ root, logLevel: 'warn' })
  delete process.env['CEKURA_API_KEY']
  delete process.env['VITE_CEKURA_API_KEY']
}
