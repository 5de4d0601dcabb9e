import { fileURLToPath } from 'node:url'
import { exitCodes, runCommand } from '../output/run-command.ts'
import { verifyPublished } from '../release/verify-published.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

await runCommand('usage: pnpm release:check', async () => {
  const { text, problems } = await verifyPublished(root)
  console.log(text)
  for (const problem of problems) console.error(problem)
  return problems.length > 0 ? exitCodes.found : exitCodes.success
})
