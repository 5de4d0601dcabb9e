// Builds the page, again on each change, and serves it: with the API if there is a key, and with
// sample data otherwise or with --sandbox.
import { parseArgs } from 'node:util'
import { startMock } from '@cekura-kit/mock'
import { build } from 'vite'
import { startOrExplain } from './explain-start-error.ts'
import { readSettings } from './read-settings.ts'
import { pageFolder, startDashboard } from './start-dashboard.ts'

const { sandbox } = parseArgs({ options: { sandbox: { type: 'boolean', default: false } } }).values
const isSandbox = sandbox || !process.env['CEKURA_API_KEY']
const root = new URL('../..', import.meta.url).pathname
process.chdir(pageFolder.replace(/dist\/$/, ''))
await startOrExplain(async () => {
  const settings = readSettings(process.env)
  await build({ root, logLevel: 'warn', build: { watch: {} } })
  const mock = isSandbox
    ? await startMock({
        mode: 'proxied',
        rows: 20_000,
        startMs: Date.now() - 61 * 86_400_000,
        endMs: 'now',
        realTime: true,
      })
    : undefined
  const sandbox = mock && {
    api: { apiKey: 'sandbox', baseUrl: mock.url },
    source: 'sample data',
    agentId: 2142,
  }
  const dashboard = await startDashboard({ ...settings, ...sandbox })
  const hint = mock
    ? 'Set CEKURA_API_KEY to show calls of the API.'
    : `Data from ${settings.source}.`
  console.log(`Dashboard at ${dashboard.url}. ${hint}`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit())
})
