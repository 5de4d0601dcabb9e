import { build } from 'vite'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The page as it is shipped, built once for all journeys. */
export default async function buildPage(): Promise<void> {
  await build({ root, logLevel: 'warn' })
}
