import { proportion, twoSidedP } from './proportion.ts'

/** Differences with a smaller (corrected) p value are significant. */
export const significanceLevel = 0.05
/** Each period needs this many evaluated calls, or a difference says nothing. */
export const minEvaluatedCalls = 30

/** Successes and evaluated calls of one period. */
export interface Rate {
  successes: number
  evaluated: number
}

export type RateResult = 'higher' | 'lower' | 'not_significant' | 'too_few_calls'

export interface RateChange {
  /** Rates from 0 to 1; null without evaluated calls. */
  now: number | null
  before: number | null
  /** `now - before`; null when one of them is. */
  difference: number | null
  /** 95 % interval of the difference (Newcombe, method 10). */
  low: number | null
  high: number | null
  /** Two-sided p value; null with too few calls. Corrected when it is one of several. */
  p: number | null
  result: RateResult
}

/**
 * Two-proportion z-test with pooled variance at {@link significanceLevel}. It assumes that calls
 * are independent; calls of one incident are not.
 */
export function compareRates(now: Rate, before: Rate): RateChange {
  const current = proportion(now.successes, now.evaluated)
  const previous = proportion(before.successes, before.evaluated)
  if (!current || !previous)
    return {
      now: current?.share ?? null,
      before: previous?.share ?? null,
      difference: null,
      low: null,
      high: null,
      p: null,
      result: 'too_few_calls',
    }
  const difference = current.share - previous.share
  const change = {
    now: current.share,
    before: previous.share,
    difference,
    low: difference - Math.hypot(current.share - current.low, previous.high - previous.share),
    high: difference + Math.hypot(current.high - current.share, previous.share - previous.low),
  }
  if (Math.min(now.evaluated, before.evaluated) < minEvaluatedCalls)
    return { ...change, p: null, result: 'too_few_calls' }
  const pooled = (now.successes + before.successes) / (now.evaluated + before.evaluated)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / now.evaluated + 1 / before.evaluated))
  const p = error === 0 ? 1 : twoSidedP(difference / error)
  return { ...change, p, result: resultOf(difference, p) }
}

export const resultOf = (difference: number, p: number): RateResult =>
  p >= significanceLevel ? 'not_significant' : difference > 0 ? 'higher' : 'lower'

/** Several comparisons, their p values corrected by Holm's method; without a p value unchanged. */
export function correctComparisons(changes: readonly RateChange[]): RateChange[] {
  const order = changes
    .map(({ p }, index) => ({ p, index }))
    .filter((one): one is { p: number; index: number } => one.p !== null)
    .sort((a, b) => a.p - b.p)
  const corrected = [...changes]
  let largest = 0
  for (const [rank, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (order.length - rank)))
    const change = changes[index]!
    corrected[index] = { ...change, p: largest, result: resultOf(change.difference!, largest) }
  }
  return corrected
}
