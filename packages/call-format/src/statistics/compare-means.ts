import { minEvaluatedCalls, resultOf, type RateResult } from './compare-rates.ts'
import { twoSidedP } from './proportion.ts'

export interface Mean {
  count: number
  mean: number
  /** Standard error; 0 for a single value. */
  error: number
}

/** Null without values. */
export function meanOf(values: readonly number[]): Mean | null {
  const count = values.length
  if (count === 0) return null
  const mean = values.reduce((sum, value) => sum + value / count, 0)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count, mean, error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0 }
}

export interface MeanChange {
  now: number | null
  before: number | null
  difference: number | null
  /** Two-sided p value; null with too few calls. */
  p: number | null
  result: RateResult
}

/** Welch's test of two means with the normal approximation, for at least 30 values a side. */
export function compareMeans(now: Mean | null, before: Mean | null): MeanChange {
  const means = { now: now?.mean ?? null, before: before?.mean ?? null }
  if (!now || !before) return { ...means, difference: null, p: null, result: 'too_few_calls' }
  const difference = now.mean - before.mean
  if (Math.min(now.count, before.count) < minEvaluatedCalls)
    return { ...means, difference, p: null, result: 'too_few_calls' }
  const error = Math.sqrt(now.error ** 2 + before.error ** 2)
  const p = difference === 0 ? 1 : error === 0 ? 0 : twoSidedP(difference / error)
  return { ...means, difference, p, result: resultOf(difference, p) }
}
