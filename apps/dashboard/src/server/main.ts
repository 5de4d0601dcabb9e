// The built page, with data from the API.
import { createClient } from '@cekura-kit/client'
import { startOrExplain } from './explain-start-error.ts'
import { describeSource, readSettings } from './read-settings.ts'
import { startDashboard } from './start-dashboard.ts'
import { watchWaits } from './watch-waits.ts'

const { hooks, waitingUntil } = watchWaits()
await startOrExplain(async () => {
  const source = describeSource(process.env)
  const settings = readSettings(process.env)
  const client = createClient({ hooks })
  const dashboard = await startDashboard({ ...settings, client, waitingUntil, source })
  console.log(`Dashboard at ${dashboard.url}, data from ${source}`)
})
