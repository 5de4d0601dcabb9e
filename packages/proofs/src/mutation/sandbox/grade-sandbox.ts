import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { listChecks } from '../contract-internals.ts'
import { createTargetGrader } from '../grade-target.ts'
import type { Grader } from '../mutant.ts'
import { startFaultySandbox } from './faulty-sandbox.ts'
import { sandboxMutants } from './sandbox-mutants.ts'

/** The suite against the sandbox with one fault. */
export async function createSandboxGrader(): Promise<Grader> {
  const grade = createTargetGrader(listChecks(bundled as unknown as SpecDocument))
  const sandbox = await startFaultySandbox()
  return async (id) => {
    await sandbox.setFault(sandboxMutants.find((mutant) => mutant.id === id)?.fault ?? {})
    return await grade(sandbox.target)
  }
}
