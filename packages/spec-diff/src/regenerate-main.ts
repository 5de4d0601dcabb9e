import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SpecError } from '@cekura-kit/spec'
import { regenerate } from './regenerate.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const unknown = process.argv.slice(2).find((argument) => argument !== '--check')

try {
  if (unknown) throw new SpecError(`Cannot read the argument "${unknown}"; the only one is --check`)
  const check = process.argv.includes('--check')
  // Turbo hands the text on and hides the terminal's width.
  const { text, wrote, refusals } = await regenerate(root, check, process.stdout.columns ?? 80)
  if (text) console.log(text)
  // Turbo may replay a run that changed nothing; this input keeps it from replaying others.
  if (wrote) writeFileSync(new URL('../.regenerated', import.meta.url), randomUUID())
  for (const refusal of refusals) console.error(refusal)
  if (refusals.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
