import type { Check, Layer } from './contract-internals.ts'
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
const order: readonly Layer[] = ['L0', 'L2b', 'L5', 'L3', 'L2', 'L1', 'L4', 'B']

export type Grade = (target: Target) => Promise<Pick<Verdict, 'killer' | 'layer' | 'message'>>

/**
 * Runs checks until one fails. The one that failed last goes first the next time: neighbouring
 * mutants mostly have one killer. What runs when does not change whether a mutant dies.
 */
export function createGrade(checks: readonly Check[]): Grade {
  let ordered = checks.toSorted((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer))
  return async (target) => {
    for (const check of planSuite(ordered, target.capabilities).applicable) {
      const { id, layer, result, message } = await runCheck(check, target)
      if (result !== 'failed') continue
      ordered = [check, ...ordered.filter((other) => other !== check)]
      return { killer: id, layer, message }
    }
    return {}
  }
}
