import type { CallLog, Metric } from '@cekura-kit/types'
import { createAssistantShare, type Members } from './assistant-share.ts'
import { callsUntil, timeOfCall } from './call-rhythm.ts'
import { hashUnit, pick } from './random.ts'

export interface DatasetOptions {
  seed: number
  /** Call logs of the agent. */
  rows: number
  agentId: number
  /** First and last possible instant, in milliseconds since 1970. */
  startMs: number
  endMs: number
}

/** Rows by index, oldest first, computed when asked for. */
export interface Dataset {
  readonly rows: number
  /** As it stood at an instant: judged minutes and reviewed days after the call; default at the end. */
  at(index: number, nowMs?: number): CallLog
  timeAt(index: number): number
  /** When the record came to be: after the call has ended, {@link longestDelayMs} at most. */
  createdAt(index: number): number
  idAt(index: number): number
  /** The calls that an assistant of the voice provider took. */
  ofAssistant(assistantId: string): Members
  /** Index of a call log's `id`, undefined when it is not of this set. */
  indexOf(id: number): number | undefined
  /** How many rows are older than an instant: the index of the first that is not. */
  countBefore(time: number): number
}

const topics = [
  ['product_inquiry', 24],
  ['order_status', 22],
  ['billing_question', 16],
  ['technical_support', 13],
  ['appointment', 10],
  ['refund_request', 8],
  ['Öffnungszeiten', 3],
  ['配送について', 2],
  ['', 2],
] as const
const endedReasons = [
  ['customer-ended-call', 52],
  ['agent-ended-call', 31],
  ['Main agent-silence-timed-out', 8],
  ['call-forwarded', 5],
  ['customer-did-not-answer', 3],
  ['pipeline-error', 1],
] as const
const dropoffs = [
  ['identity_check', 4],
  ['payment_confirmation', 3],
  ['menu', 2],
  ['hold', 1],
] as const
const feedbacks = [
  ['', 6],
  ['Handled well.', 3],
  ['Asked for the order number twice.', 2],
  ['The policy was quoted wrongly; "14 days", not 30.', 1],
] as const

const clock = (length: number): string =>
  `${String(Math.floor(length / 60)).padStart(2, '0')}:${String(length % 60).padStart(2, '0')}`

const instant = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

// Ids of two agents never meet.
const idsPerAgent = 100_000_000
const seconds = { least: 20, common: 900, rare: 6200, record: 20, busy: 60 }

/** From the start of the longest call to its record. */
export const longestDelayMs = Object.values(seconds).reduce((sum, one) => sum + one, 0) * 1000

/** A voice agent's call logs over a span of time, the same bytes for the same options. */
export function createDataset({ seed, rows, agentId, startMs, endMs }: DatasetOptions): Dataset {
  const first = callsUntil(startMs)
  const perRow = (callsUntil(endMs) - first) / Math.max(1, rows)
  const base = (agentId % 20) * idsPerAgent
  const unit = (row: number, purpose: number): number => hashUnit(seed + agentId, row, purpose)
  const happens = (row: number, purpose: number, chance: number): boolean =>
    unit(row, purpose) < chance
  const timeAt = (index: number): number => {
    // Here and there two calls come in the same instant.
    const at = index % 2 === 1 && happens(index, 16, 0.02) ? index - 1 : index
    return Math.floor(timeOfCall(first + (at + unit(at, 0)) * perRow))
  }
  const reasonOf = (index: number): string => pick(unit(index, 1), endedReasons)
  // A few calls are very long, as calls on hold are.
  const secondsOf = (index: number): number =>
    reasonOf(index) === 'customer-did-not-answer'
      ? 0
      : Math.round(
          seconds.least +
            seconds.common * unit(index, 2) ** 3 +
            (happens(index, 3, 0.002) ? seconds.rare : 0),
        )
  const createdAt = (index: number): number =>
    timeAt(index) +
    (secondsOf(index) + seconds.record + Math.round(unit(index, 7) * seconds.busy)) * 1000

  function metricsOf(row: number, success: boolean): Metric[] {
    const metrics: Metric[] = [
      {
        id: 310,
        name: 'Latency',
        type: 'numeric',
        score: Number((0.4 + unit(row, 20) * 2).toFixed(2)),
      },
      {
        id: 311,
        name: 'CSAT',
        type: 'numeric',
        score: Math.round((success ? 3 + unit(row, 21) * 2 : 1 + unit(row, 21) * 2.5) * 2) / 2,
      },
    ]
    const [label, value] = pick(unit(row, 22), [
      [['positive', 'The caller thanked the agent.'], success ? 60 : 5],
      [['neutral', 'The caller took note.'], success ? 35 : 35],
      [['negative', 'The caller asked for a person.'], success ? 5 : 60],
    ])
    metrics.push({ id: 312, name: 'Sentiment', type: 'enum', enum: label!, value: value! })
    return metrics
  }

  function at(index: number, nowMs = Infinity): CallLog {
    const reason = reasonOf(index)
    const answered = reason !== 'customer-did-not-answer'
    const failed = reason === 'pipeline-error'
    const success = answered && !failed && happens(index, 4, 0.78)
    const created = createdAt(index)
    // The judgement takes minutes, a review hours to days.
    const judged = created + 30_000 + Math.round(unit(index, 15) * 570) * 1000
    const reviewed = created + Math.round((2 + unit(index, 8) * 70) * 3_600_000)
    const isEverJudged = !happens(index, 5, 0.03)
    const isJudged = isEverJudged && judged <= nowMs
    const isReviewed = isEverJudged && happens(index, 6, 0.12) && reviewed <= nowMs
    const id = base + index + 1
    return {
      id,
      duration: clock(secondsOf(index)),
      success: isJudged ? success : null,
      is_reviewed: isReviewed,
      status: `${isReviewed ? 'reviewed_' : ''}${success ? 'success' : 'failure'}`,
      feedback: isReviewed ? pick(unit(index, 9), feedbacks) : '',
      metrics: isJudged && answered ? metricsOf(index, success) : [],
      call_ended_reason: reason,
      customer_number: `+1555010${String(Math.floor(unit(index, 10) * 10_000)).padStart(4, '0')}`,
      agent: agentId,
      call_id: `call_${id.toString(36)}${Math.floor(unit(index, 11) * 36 ** 6).toString(36)}`,
      timestamp: instant(timeAt(index)),
      error_message: failed ? 'No audio was received.' : null,
      dropoff_point: success ? '' : pick(unit(index, 12), dropoffs),
      topic: answered ? pick(unit(index, 13), topics) : '',
      created_at: instant(created),
      updated_at: instant(isReviewed ? reviewed : isJudged ? judged : created),
    }
  }

  return {
    rows,
    at,
    timeAt,
    createdAt,
    idAt: (index) => base + index + 1,
    ofAssistant: (assistantId) => createAssistantShare(assistantId, (ten) => unit(ten, 14)),
    indexOf(id) {
      const index = id - base - 1
      return Number.isInteger(index) && index >= 0 && index < rows ? index : undefined
    },
    countBefore(time) {
      let low = 0
      let high = rows
      while (low < high) {
        const middle = (low + high) >>> 1
        if (timeAt(middle) < time) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}
