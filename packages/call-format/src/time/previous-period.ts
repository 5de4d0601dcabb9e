import { dayMs, type TimeRange } from './plan-buckets.ts'
import { fromWallTime, toWallTime } from './zone.ts'

const weekMs = 7 * dayMs

/**
 * The period to compare a range with: the equally long one before it or, for a range shorter than a
 * week, the same hours one week earlier, so that a Monday is not compared with a Sunday.
 *
 * @param zone IANA time zone whose clocks count, default UTC
 */
export function previousPeriod({ from, to }: TimeRange, zone = 'UTC'): TimeRange {
  if (to - from >= weekMs) return { from: from - (to - from), to: from }
  const weekBefore = (time: number): number => fromWallTime(toWallTime(time, zone) - weekMs, zone)
  return { from: weekBefore(from), to: weekBefore(to) }
}
