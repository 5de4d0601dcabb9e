import type { CallLog } from '@cekura-kit/client'
import { outcomeOf, readDuration, type Outcome } from '@cekura-kit/call-format'
import { planRange } from '../config/plan-range.ts'
import type { OptionsOf } from '../options/flag.ts'
import type { listFlags } from './flags.ts'

type ListOptions = OptionsOf<typeof listFlags> & { now: number }
type Sort = ListOptions['sort']

const outcomeNames: Record<NonNullable<ListOptions['outcome']>[number], Outcome> = {
  success: 'success',
  failure: 'failure',
  unevaluated: 'not_evaluated',
}

export interface ListPlan extends Pick<ListOptions, 'limit' | 'assistant' | 'sort'> {
  agentId: number
  /** Undefined: the API decides how far back it looks. */
  from: number | undefined
  to: number
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
  const { limit, assistant, sort } = options
  const range = planRange(options, 1)
  const from = options.from === undefined ? undefined : range.from
  return { ...range, from, limit, assistant, sort, matches: planFilter(options) }
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
