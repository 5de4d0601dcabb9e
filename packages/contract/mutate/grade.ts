import type { Check } from '../src/check.ts'
import { planSuite } from '../src/plan-suite.ts'
import { runCheck } from '../src/run-suite.ts'
import type { Target } from '../src/target.ts'

/** What became of a mutant. */
export interface Verdict {
  id: string
  operator: string
  /** The check that failed first; undefined when none did, and the mutant survives. */
  killer?: string | undefined
  layer?: string | undefined
  message?: string | undefined
  durationMs: number
}

/** Runs checks until one fails. */
export async function grade(
  checks: readonly Check[],
  target: Target,
): Promise<Pick<Verdict, 'killer' | 'layer' | 'message'>> {
  for (const check of planSuite(checks, target.capabilities).applicable) {
    const { id, layer, result, message } = await runCheck(check, target)
    if (result === 'failed') return { killer: id, layer, message }
  }
  return {}
}
