// The built page on the real service, or wherever CEKURA_API_URL points.
import { createClient } from '@cekura-kit/client'
import { describeSource, readSettings } from './read-settings.ts'
import { startDashboard } from './start-dashboard.ts'
import { watchWaits } from './watch-waits.ts'

const { hooks, waitingUntil } = watchWaits()
const source = describeSource(process.env)
const dashboard = await startDashboard({
  ...readSettings(process.env),
  client: createClient({ hooks }),
  waitingUntil,
  source,
})
console.log(`Dashboard at ${dashboard.url}, on ${source}`)
