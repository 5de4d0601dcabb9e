import { dayMs } from '@cekura-kit/call-format'
import { UsageError } from '../errors/command-error.ts'
import { requireAgent } from '../options/flags.ts'
import { readTime, typeTime } from './time.ts'

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

/** @throws {UsageError} if the range does not start before its end */
function checkRange(typed: RangeOptions, { from, to }: RangePlan): void {
  if (to > from) return
  if (typed.to === undefined)
    throw new UsageError(
      `--from must be earlier than ${typeTime(to)}, the end without --to (got ${typed.from}).`,
      ['--from', '7d'],
    )
  throw new UsageError(
    `--to must be later than --from (got ${typed.to}).`,
    to === from
      ? ['--to', typeTime(to + dayMs)]
      : ['--from', typed.to, '--to', typed.from ?? typeTime(from)],
  )
}

/**
 * @param defaultMs length of the range without `--from`
 * @param end the end without `--to`
 * @throws {UsageError} if the agent is missing or the range is not one
 */
export function planRange(options: RangeOptions, defaultMs: number, end = options.now): RangePlan {
  const { now, tz } = options
  const agentId = requireAgent(options.agent)
  const to = options.to === undefined ? end : readTime('to', options.to, now, tz)
  const from = options.from === undefined ? to - defaultMs : readTime('from', options.from, now, tz)
  checkRange(options, { agentId, from, to })
  return { agentId, from, to }
}

/** A range as JSON documents show it; `from` is null if the API decides. */
export const toWindow = ({ from, to }: { from: number | undefined; to: number }) => ({
  from: from === undefined ? null : new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})
