import type { Check, Group } from './contract-internals.ts'
import { planSuite } from './contract-internals.ts'
import { runCheck } from './contract-internals.ts'
import type { Target } from './contract-internals.ts'

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

/** Cheap and telling layers first; those that ask over HTTP last. */
const order: readonly Group[] = [
  'document',
  'parameters',
  'response-validation',
  'examples',
  'rejected',
  'accepted',
  'generated',
  'behavior',
]

export type Grade = (target: Target) => Promise<Pick<Verdict, 'killer' | 'layer' | 'message'>>

/**
 * Runs checks until one fails. The one that failed last goes first the next time: neighbouring
 * mutants mostly have one killer. What runs when does not change whether a mutant dies.
 */
export function createGrade(checks: readonly Check[]): Grade {
  let ordered = checks.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
  return async (target) => {
    for (const check of planSuite(ordered, target).applicable) {
      const { id, group, result, message } = await runCheck(check, target)
      if (result !== 'failed' && result !== 'no-response') continue
      ordered = [check, ...ordered.filter((other) => other !== check)]
      return { killer: id, layer: group, message }
    }
    return {}
  }
}
