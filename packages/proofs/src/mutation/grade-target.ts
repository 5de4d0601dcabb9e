import { planSuite, runCheck, type Check, type Group, type Target } from './contract-internals.ts'
import type { Result } from './mutant.ts'

/** Cheap checks first, those that send many requests last. */
const order: readonly Group[] = [
  'document',
  'response-validation',
  'examples',
  'rejected',
  'accepted',
  'request-validation',
  'generated',
  'behavior',
]

const sortChecks = (checks: readonly Check[]): Check[] =>
  checks.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))

/**
 * Runs checks against a target until one fails. The one that failed last runs first of its group the
 * next time, because similar mutants mostly fail the same check; the order does not change what
 * survives.
 */
export function createTargetGrader(checks: readonly Check[]): (target: Target) => Promise<Result> {
  let ordered = sortChecks(checks)
  return async (target) => {
    for (const check of planSuite(ordered, target).applicable) {
      const { id, group, result, message } = await runCheck(check, target)
      if (result !== 'failed' && result !== 'no-response') continue
      ordered = sortChecks([check, ...ordered.filter((other) => other !== check)])
      return { killer: id, group, ...(message && { message }) }
    }
    return {}
  }
}
