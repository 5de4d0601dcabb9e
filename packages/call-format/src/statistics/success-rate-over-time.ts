import type { TimeRange } from '../time/plan-buckets.ts'
import { minEvaluatedCalls } from './compare-rates.ts'
import type { OutcomeCounts } from './outcome.ts'
import { proportion, type Proportion } from './proportion.ts'

export interface RatePoint extends TimeRange, Proportion {
  evaluated: number
  /** Fewer than {@link minEvaluatedCalls}: there are no more in the whole range. */
  isTooFew: boolean
}

/**
 * The success rate in buckets that are merged until each has {@link minEvaluatedCalls}; what is
 * left at the end joins the last one. Empty without an evaluated call.
 */
export function successRateOverTime(
  buckets: readonly (TimeRange & Pick<OutcomeCounts, 'success' | 'failure'>)[],
): RatePoint[] {
  const merged: (TimeRange & { success: number; evaluated: number })[] = []
  for (const { from, to, success, failure } of buckets) {
    const last = merged.at(-1)
    if (last && last.evaluated < minEvaluatedCalls) {
      last.to = to
      last.success += success
      last.evaluated += success + failure
    } else merged.push({ from, to, success, evaluated: success + failure })
  }
  const rest = merged.at(-1)
  const previous = merged.at(-2)
  if (rest && previous && rest.evaluated < minEvaluatedCalls) {
    merged.pop()
    previous.to = rest.to
    previous.success += rest.success
    previous.evaluated += rest.evaluated
  }
  return merged.flatMap(({ from, to, success, evaluated }) => {
    const rate = proportion(success, evaluated)
    return rate ? [{ from, to, evaluated, isTooFew: evaluated < minEvaluatedCalls, ...rate }] : []
  })
}
