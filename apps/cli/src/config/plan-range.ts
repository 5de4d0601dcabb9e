import { requireAgent } from '../options/flags.ts'
import { checkRange } from './check-range.ts'
import { readTime } from './time.ts'

export interface RangeOptions {
  agent: number | undefined
  from: string | undefined
  to: string | undefined
  tz: string
  now: number
}

/** The calls of an agent in a time range, in Unix milliseconds, `to` excluded. */
export interface RangePlan {
  agentId: number
  from: number
  to: number
}

/**
 * @param defaultMs length of the range without `--from`
 * @throws {UsageError} if the agent is missing or the range is not one
 */
export function planRange(options: RangeOptions, defaultMs: number): RangePlan {
  const { now, tz } = options
  const agentId = requireAgent(options.agent)
  const to = options.to === undefined ? now : readTime('to', options.to, now, tz)
  const from = options.from === undefined ? to - defaultMs : readTime('from', options.from, now, tz)
  checkRange({ text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to }
}

/** A range as JSON documents show it. */
export const toWindow = ({ from, to }: { from: number; to: number }) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})
