import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { listChecks } from '../contract-internals.ts'
import { createGrade, type Verdict } from '../grade.ts'
import { sandboxMutants } from './sandbox-operators.ts'
import { startWrappedSandbox } from './sandbox-target.ts'

/** The suite against the sandbox with one fault; no id is no fault. */
export async function createSandboxGrader(): Promise<
  (id: string | undefined) => Promise<Pick<Verdict, 'killer' | 'layer' | 'message'>>
> {
  const grade = createGrade(listChecks(bundled as unknown as SpecDocument))
  const sandbox = await startWrappedSandbox()
  return async (id) => {
    const mutant = sandboxMutants.find((one) => one.id === id)
    await sandbox.wrap(mutant?.wrapper ?? {})
    return await grade(sandbox.target)
  }
}
