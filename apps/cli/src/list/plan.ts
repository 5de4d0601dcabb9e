import type { CallLog, CallLogStatus } from '@cekura-kit/client'
import { outcomeOf, readDuration, type Outcome } from '@cekura-kit/call-format'
import { checkRange } from '../config/check-range.ts'
import { readTime } from '../config/time.ts'
import { requireAgent } from '../options/flags.ts'

/** Outcomes by the value of `--outcome`. */
const outcomeNames = {
  success: 'success',
  failure: 'failure',
  unevaluated: 'not_evaluated',
} as const satisfies Record<string, Outcome>
export type OutcomeName = keyof typeof outcomeNames
export const outcomes = Object.keys(outcomeNames) as OutcomeName[]
export const sorts = ['newest', 'oldest', 'longest', 'shortest'] as const
export type Sort = (typeof sorts)[number]

export interface ListOptions {
  agent: number | undefined
  from: string | undefined
  to: string | undefined
  limit: number
  assistant: string | undefined
  status: CallLogStatus[] | undefined
  outcome: OutcomeName[] | undefined
  reason: string[] | undefined
  topic: string[] | undefined
  callId: string[] | undefined
  sort: Sort
  tz: string
  now: number
}

export interface ListPlan {
  agentId: number
  /** Undefined: the API decides how far back it looks. */
  from: number | undefined
  to: number
  limit: number
  assistant: string | undefined
  sort: Sort
  /** Undefined without filters that apply locally. */
  matches: ((call: CallLog) => boolean) | undefined
}

function planFilter({ status, outcome, reason, topic, callId }: ListOptions): ListPlan['matches'] {
  const filters = [
    status && ((call: CallLog) => status.includes(call.status)),
    outcome && ((call: CallLog) => outcome.some((name) => outcomeNames[name] === outcomeOf(call))),
    reason && ((call: CallLog) => reason.includes(call.call_ended_reason ?? '')),
    topic && ((call: CallLog) => topic.includes(call.topic ?? '')),
    callId && ((call: CallLog) => callId.includes(call.call_id)),
  ].filter((filter) => filter !== undefined)
  return filters.length > 0 ? (call) => filters.every((filter) => filter(call)) : undefined
}

/** @throws {UsageError} if something is missing or contradicts */
export function planList(options: ListOptions): ListPlan {
  const { now, limit, assistant, sort, tz } = options
  const agentId = requireAgent(options.agent)
  const from = options.from === undefined ? undefined : readTime('from', options.from, now, tz)
  const to = options.to === undefined ? now : readTime('to', options.to, now, tz)
  if (from !== undefined)
    checkRange({ text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to, limit, assistant, sort, matches: planFilter(options) }
}

const timeOf = ({ timestamp }: CallLog): number => Date.parse(timestamp) || 0
const durationOf = ({ duration }: CallLog): number => readDuration(duration) ?? 0

const compare: Record<Sort, (a: CallLog, b: CallLog) => number> = {
  newest: (a, b) => timeOf(b) - timeOf(a),
  oldest: (a, b) => timeOf(a) - timeOf(b),
  longest: (a, b) => durationOf(b) - durationOf(a),
  shortest: (a, b) => durationOf(a) - durationOf(b),
}

export const sortCalls = (calls: readonly CallLog[], sort: Sort): CallLog[] =>
  calls.toSorted(compare[sort])
