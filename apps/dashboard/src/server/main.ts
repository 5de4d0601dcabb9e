// The built page on the real service, or wherever CEKURA_API_URL points.
import { createClient } from '@cekura-kit/client'
import { defaultBaseUrl } from '@cekura-kit/types'
import { readSettings } from './read-settings.ts'
import { startDashboard } from './start-dashboard.ts'

const dashboard = await startDashboard({
  ...readSettings(process.env),
  client: createClient(),
  source: new URL(process.env['CEKURA_API_URL'] ?? defaultBaseUrl).host,
})
console.log(`Dashboard at ${dashboard.url}`)
