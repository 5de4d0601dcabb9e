// With CEKURA_API_KEY the real service; without, a sandbox of lively calls behind Prism.
import { createClient } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'
import { build } from 'vite'
import { readSettings } from './read-settings.ts'
import { pageFolder, startDashboard } from './start-dashboard.ts'

const dayMs = 86_400_000
const root = new URL('../..', import.meta.url).pathname
process.chdir(pageFolder.replace(/dist\/$/, ''))
await build({ root, logLevel: 'warn', build: { watch: {} } })

const now = Date.now()
const mock = process.env['CEKURA_API_KEY']
  ? undefined
  : await startMock({
      mode: 'proxied',
      rows: 12_000,
      // Ends in the future, so that new calls keep coming in.
      startMs: now - 61 * dayMs,
      endMs: now + 2 * dayMs,
    })
const dashboard = await startDashboard({
  ...readSettings(process.env),
  ...(mock && { agentId: 2142 }),
  client: createClient(mock ? { apiKey: 'sandbox', baseUrl: mock.url } : {}),
  source: mock ? 'sandbox' : 'the service',
})
console.log(`Dashboard at ${dashboard.url}, on ${mock ? 'made-up calls' : 'the service'}`)
const stop = async (): Promise<void> => {
  await dashboard.close()
  await mock?.close()
  process.exit()
}
process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop())
