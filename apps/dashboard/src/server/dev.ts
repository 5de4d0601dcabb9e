// Builds the page, again on each change, and serves it: on the service when there is a key, else,
// or with --sandbox, on made-up calls behind Prism.
import { parseArgs } from 'node:util'
import { createClient } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'
import { build } from 'vite'
import { describeSource, readSettings } from './read-settings.ts'
import { pageFolder, startDashboard } from './start-dashboard.ts'
import { watchWaits } from './watch-waits.ts'

const dayMs = 86_400_000
const { sandbox } = parseArgs({ options: { sandbox: { type: 'boolean', default: false } } }).values
const isSandbox = sandbox || !process.env['CEKURA_API_KEY']
const root = new URL('../..', import.meta.url).pathname
process.chdir(pageFolder.replace(/dist\/$/, ''))
await build({ root, logLevel: 'warn', build: { watch: {} } })

const now = Date.now()
const mock = isSandbox
  ? await startMock({
      mode: 'proxied',
      rows: 20_000,
      // Ends in the future, so that new calls keep coming in.
      startMs: now - 61 * dayMs,
      endMs: now + 2 * dayMs,
    })
  : undefined
const { hooks, waitingUntil } = watchWaits()
const source = mock ? 'sandbox' : describeSource(process.env)
const dashboard = await startDashboard({
  ...readSettings(process.env),
  ...(mock && { agentId: 2142 }),
  client: createClient({ hooks, ...(mock && { apiKey: 'sandbox', baseUrl: mock.url }) }),
  waitingUntil,
  source,
})
console.log(
  `Dashboard at ${dashboard.url}, on ${mock ? 'made-up calls behind Prism; CEKURA_API_KEY shows real ones' : source}`,
)
const stop = async (): Promise<void> => {
  await dashboard.close()
  await mock?.close()
  process.exit()
}
process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop())
