// The built page, with data from the API.
import { existsSync } from 'node:fs'
import { startOrExplain } from './explain-start-error.ts'
import { readSettings, SettingError } from './read-settings.ts'
import { pageFolder, startDashboard } from './start-dashboard.ts'

await startOrExplain(async () => {
  const settings = readSettings(process.env)
  if (!existsSync(pageFolder))
    throw new SettingError(
      'The page is not built. Run `pnpm --filter @cekura-kit/dashboard build`.',
    )
  const dashboard = await startDashboard(settings)
  console.log(`Dashboard at ${dashboard.url}, data from ${settings.source}`)
})
