import { dayMs, type TimeRange } from './plan-buckets.ts'
import { fromWallTime, toWallTime } from './zone.ts'

const weekMs = 7 * dayMs

/** What a range is compared with. */
export const comparisons = ['previous', 'week'] as const
export type Comparison = (typeof comparisons)[number]

/**
 * The period to compare a range with: `previous` is the equally long one before it, `week` the same
 * hours one week earlier.
 *
 * @param zone IANA time zone whose clocks count, default UTC
 */
export function comparisonPeriod(
  { from, to }: TimeRange,
  comparison: Comparison,
  zone = 'UTC',
): TimeRange {
  if (comparison === 'previous') return { from: from - (to - from), to: from }
  const weekBefore = (time: number): number => fromWallTime(toWallTime(time, zone) - weekMs, zone)
  return { from: weekBefore(from), to: weekBefore(to) }
}

/**
 * The {@link comparisonPeriod} that suits a range: `week` for a range shorter than a week, so that a
 * Monday is not compared with a Sunday, else `previous`.
 */
export const previousPeriod = (range: TimeRange, zone = 'UTC'): TimeRange =>
  comparisonPeriod(range, range.to - range.from >= weekMs ? 'previous' : 'week', zone)
