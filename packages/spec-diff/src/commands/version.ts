import { execFileSync } from 'node:child_process'
import { repositoryRoot, reportProblems, runCommand } from '../output/run-command.ts'
import { releaseVersion } from '../release/release-version.ts'

await runCommand('usage: pnpm run version', async () => {
  execFileSync('changeset', ['version'], { cwd: repositoryRoot, stdio: 'inherit' })
  const version = await releaseVersion(repositoryRoot)
  return reportProblems(`The snapshot and info.version are now ${version}.`, [])
})
