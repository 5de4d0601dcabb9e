import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { exitCodes, runCommand } from '../output/run-command.ts'
import { regenerate } from '../release/regenerate.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

await runCommand('usage: pnpm regenerate [--check]', async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  // Turbo passes the text on and hides the width of the terminal.
  const columns = process.stdout.columns ?? 80
  const { text, wrote, problems } = await regenerate(root, values.check, columns)
  console.log(text)
  // Turbo may replay a run that changed nothing; this input keeps it from replaying others.
  if (wrote) writeFileSync(new URL('../../.regenerated', import.meta.url), randomUUID())
  for (const problem of problems) console.error(problem)
  return problems.length > 0 ? exitCodes.found : exitCodes.success
})
