import { findBucket, type TimeRange } from '../time/plan-buckets.ts'
import { meanOf } from './compare-means.ts'
import { proportion, z95 } from './proportion.ts'

export interface MetricPoint extends TimeRange {
  /** Calls with a score in the bucket. */
  count: number
  /** Mean score, or the pass rate from 0 to 1 of a binary metric; null without a score. */
  value: number | null
  /** 95 % interval of `value`; null with fewer than two scores. */
  low: number | null
  high: number | null
}

/** Whether all scores are 0 or 1, so that their mean is a pass rate. */
export const isBinary = (scores: readonly number[]): boolean =>
  scores.length > 0 && scores.every((score) => score === 0 || score === 1)

/** One metric over time. The two lists have the same length; a score outside of the buckets is left out. */
export function metricOverTime(
  buckets: readonly TimeRange[],
  times: readonly number[],
  scores: readonly number[],
): MetricPoint[] {
  const byBucket = buckets.map((): number[] => [])
  for (const [index, time] of times.entries())
    byBucket[findBucket(buckets, time)]?.push(scores[index]!)
  const isRate = isBinary(scores)
  return buckets.map(({ from, to }, index): MetricPoint => {
    const own = byBucket[index]!
    const mean = meanOf(own)
    if (!mean) return { from, to, count: 0, value: null, low: null, high: null }
    const { count, mean: value, error } = mean
    const rate = isRate ? proportion(Math.round(value * count), count) : null
    if (rate) return { from, to, count, value, low: rate.low, high: rate.high }
    const half = count > 1 ? z95 * error : null
    return {
      from,
      to,
      count,
      value,
      low: half === null ? null : value - half,
      high: half === null ? null : value + half,
    }
  })
}
