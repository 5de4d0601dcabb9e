import { lintSpec } from './lint-spec.ts'
import { SpecError } from './spec-error.ts'

try {
  const { findings } = await lintSpec(process.argv[2])
  if (findings > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
