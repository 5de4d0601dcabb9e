import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { exitCodes, runCommand } from '../output/run-command.ts'
import { releaseVersion } from '../release/release-version.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

await runCommand('usage: pnpm run version', async () => {
  execFileSync('changeset', ['version'], { cwd: root, stdio: 'inherit' })
  console.log(`The snapshot and info.version are now ${await releaseVersion(root)}.`)
  return exitCodes.success
})
