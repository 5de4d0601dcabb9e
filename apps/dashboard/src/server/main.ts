// The built page, with data from the API.
import { existsSync } from 'node:fs'
import { createClient } from '@cekura-kit/client'
import { startOrExplain } from './explain-start-error.ts'
import { describeSource, readSettings, SettingError } from './read-settings.ts'
import { pageFolder, startDashboard } from './start-dashboard.ts'
import { watchRateLimits } from './rate-limits.ts'

const rateLimits = watchRateLimits()
await startOrExplain(async () => {
  const source = describeSource(process.env)
  const settings = readSettings(process.env)
  const client = createClient({ hooks: rateLimits.hooks })
  if (!existsSync(pageFolder))
    throw new SettingError(
      'The page is not built. Run `pnpm --filter @cekura-kit/dashboard build`.',
    )
  const dashboard = await startDashboard({ ...settings, client, rateLimits, source })
  console.log(`Dashboard at ${dashboard.url}, data from ${source}`)
})
