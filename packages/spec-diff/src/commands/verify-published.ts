import { repositoryRoot, reportProblems, runCommand } from '../output/run-command.ts'
import { verifyPublished } from '../release/verify-published.ts'

await runCommand('usage: pnpm release:check', async () => {
  const { text, problems } = await verifyPublished(repositoryRoot)
  return reportProblems(text, problems)
})
