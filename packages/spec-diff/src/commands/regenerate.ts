import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { repositoryRoot, reportProblems, runCommand } from '../output/run-command.ts'
import { regenerate } from '../release/regenerate.ts'

await runCommand('usage: pnpm regenerate [--check]', async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  // Turbo passes the text on and hides the width of the terminal.
  const columns = process.stdout.columns ?? 80
  const { text, wrote, problems } = await regenerate(repositoryRoot, values.check, columns)
  // Turbo may replay a run that changed nothing; this input keeps it from replaying others.
  if (wrote) writeFileSync(new URL('../../.regenerated', import.meta.url), randomUUID())
  return reportProblems(text, problems)
})
