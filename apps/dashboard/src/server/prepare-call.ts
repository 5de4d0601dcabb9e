import { maskNumber, readDuration } from '@cekura-kit/calls'
import type { CallLog } from '@cekura-kit/types'
import type { CallRow } from '../shared/dashboard-api.ts'

/** A call log read once for sorting, filtering and counting. */
export interface PreparedCall {
  call: CallLog
  time: number
  seconds: number | null
  reason: string
  topic: string
  status: string
  reviewed: boolean
  /** What a search looks at, in lower case: never the customer number. */
  text: string
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Tolerant of everything a service may leave out, or send as null. */
export function prepareCall(call: CallLog): PreparedCall {
  const time = Date.parse(call.timestamp)
  const topic = word(call.topic)
  return {
    call,
    time: Number.isNaN(time) ? 0 : time,
    seconds: readDuration(call.duration),
    reason: word(call.call_ended_reason),
    topic,
    status: word(call.status),
    reviewed: call.is_reviewed === true,
    text: `${call.id} ${word(call.call_id)} ${topic.slice(0, 1000)}`.toLowerCase(),
  }
}

const mostCharacters = 200
const cut = (text: string): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text

/** A prepared call as a row of the table, its texts cut to what a cell can show. */
export function toRow({ call, seconds, reason, topic, reviewed }: PreparedCall): CallRow {
  const metrics = Array.isArray(call.metrics) ? call.metrics : []
  return {
    id: call.id,
    call_id: cut(word(call.call_id)),
    timestamp: word(call.timestamp),
    seconds,
    success: typeof call.success === 'boolean' ? call.success : null,
    status: cut(word(call.status)) as CallRow['status'],
    reviewed,
    reason: cut(reason),
    topic: cut(topic),
    number: maskNumber(call.customer_number ?? undefined),
    agent: call.agent ?? null,
    scores: metrics.slice(0, 12).map(({ id, name, score, enum: label }) => ({
      id,
      name: cut(word(name)),
      text: typeof score === 'number' ? String(score) : cut(word(label)),
      score: typeof score === 'number' ? score : null,
    })),
  }
}
