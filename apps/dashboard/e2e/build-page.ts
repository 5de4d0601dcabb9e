import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { keyCanary } from './start-world.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The page as it is shipped, built once for all journeys. */
export default async function buildPage(): Promise<void> {
  // A build that copies the environment into the page would now be caught by every journey.
  process.env['CEKURA_API_KEY'] = keyCanary
  process.env['VITE_CEKURA_API_KEY'] = keyCanary
  await build({ root, logLevel: 'warn' })
  delete process.env['CEKURA_API_KEY']
  delete process.env['VITE_CEKURA_API_KEY']
}
