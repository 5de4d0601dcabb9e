import { comparisonPeriod, type Comparison, type Dimension } from '@cekura-kit/call-format'
import { checkRange } from '../config/check-range.ts'
import { readTime } from '../config/time.ts'
import { UsageError } from '../errors/command-error.ts'
import { writeCommand } from '../errors/suggestion.ts'
import { requireAgent } from '../options/flags.ts'
import { dayMs } from '../time-units.ts'

export interface RangePlan {
  agentId: number
  from: number
  to: number
}

/** The value of `--by` for each dimension. */
export const dimensions = {
  topic: 'topic',
  reason: 'reason',
  'drop-off': 'dropoff',
  hour: 'hour',
} as const satisfies Record<string, Dimension>
export type DimensionName = keyof typeof dimensions

/** The calls of a range or of an export. */
export type StatsPlan = (
  | { range: RangePlan; before?: RangePlan | undefined }
  | { path: string; before?: undefined }
) & { by?: DimensionName | undefined; zone: string }

interface RangeOptions {
  agent: number | undefined
  from: string | undefined
  to: string | undefined
  tz: string
  now: number
}

/** @throws {UsageError} if the agent is missing or the range is not one */
export function planRange(options: RangeOptions, defaultMs: number): RangePlan {
  const { now, tz } = options
  const agentId = requireAgent(options.agent)
  const to = options.to === undefined ? now : readTime('to', options.to, now, tz)
  const from = options.from === undefined ? to - defaultMs : readTime('from', options.from, now, tz)
  checkRange({ text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to }
}

/** @throws {UsageError} if something is missing or contradicts */
export function planStats(
  path: string | undefined,
  options: RangeOptions & {
    by: DimensionName | undefined
    compare: Comparison | undefined
  },
): StatsPlan {
  const { by, compare, tz: zone } = options
  if (path !== undefined) {
    if (options.from === undefined && options.to === undefined && compare === undefined)
      return { path, by, zone }
    throw new UsageError(
      '--from, --to and --compare apply only to the API. Exports are always counted in full.',
      writeCommand(['stats', path]),
    )
  }
  const range = planRange(options, 7 * dayMs)
  const before = compare && { ...range, ...comparisonPeriod(range, compare, zone) }
  return { range, before, by, zone }
}
