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

/** The calls of a range, or of an export. */
export type StatsPlan = RangePlan | { path: string }

/** @throws {UsageError} if something is missing or contradicts */
export function planStats(
  path: string | undefined,
  options: {
    agent: number | undefined
    from: string | undefined
    to: string | undefined
    tz: string
    now: number
  },
): StatsPlan {
  const { now, tz } = options
  if (path !== undefined) {
    if (options.from === undefined && options.to === undefined) return { path }
    throw new UsageError(
      '--from and --to apply only to the API. Exports are always counted in full.',
      writeCommand(['stats', path]),
    )
  }
  const agentId = requireAgent(options.agent)
  const to = options.to === undefined ? now : readTime('to', options.to, now, tz)
  const from = options.from === undefined ? to - 7 * dayMs : readTime('from', options.from, now, tz)
  checkRange({ text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to }
}
