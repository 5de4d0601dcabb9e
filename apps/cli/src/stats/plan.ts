import { type Comparison, comparisonPeriod, dayMs, type Dimension } from '@cekura-kit/call-format'
import { planRange, type RangeOptions, type RangePlan } from '../config/plan-range.ts'

export interface StatsPlan {
  range: RangePlan
  /** The period to compare with. */
  before: RangePlan | undefined
  by: Dimension | undefined
  zone: string
}

/** @throws {UsageError} if something is missing or contradicts */
export function planStats({
  by,
  compare,
  ...options
}: RangeOptions & {
  by: Dimension | undefined
  compare: Comparison | undefined
}): StatsPlan {
  const { tz: zone } = options
  const range = planRange(options, 7 * dayMs)
  const before = compare && { ...range, ...comparisonPeriod(range, compare, zone) }
  return { range, before, by, zone }
}
