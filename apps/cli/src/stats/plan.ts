import { type Comparison, comparisonPeriod, dayMs, type Dimension } from '@cekura-kit/call-format'
import { planRange, type RangeOptions, type RangePlan } from '../config/plan-range.ts'

/** The value of `--by` for each dimension. */
export const dimensions = {
  topic: 'topic',
  reason: 'reason',
  'drop-off': 'dropoff',
  hour: 'hour',
} as const satisfies Record<string, Dimension>
export type DimensionName = keyof typeof dimensions

export interface StatsPlan {
  range: RangePlan
  /** The period to compare with. */
  before: RangePlan | undefined
  by: DimensionName | undefined
  zone: string
}

/** @throws {UsageError} if something is missing or contradicts */
export function planStats({
  by,
  compare,
  ...options
}: RangeOptions & {
  by: DimensionName | undefined
  compare: Comparison | undefined
}): StatsPlan {
  const { tz: zone } = options
  const range = planRange(options, 7 * dayMs)
  const before = compare && { ...range, ...comparisonPeriod(range, compare, zone) }
  return { range, before, by, zone }
}
