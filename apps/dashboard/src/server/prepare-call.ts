import { maskNumber, readDuration } from '@cekura-kit/calls'
import type { CallLog, Metric } from '@cekura-kit/types'
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

const isMetric = (value: unknown): value is Metric =>
  typeof value === 'object' && value !== null && typeof (value as Metric).id === 'number'

const metricsOf = (call: CallLog): readonly Metric[] =>
  Array.isArray(call.metrics) ? call.metrics.filter(isMetric) : []

const mostFieldCharacters = 4000
const mostMetrics = 100

/**
 * A call without what is too long to keep for tens of thousands of calls, a transcript for
 * example. The drawer reads the whole call anew.
 */
export function trimCall(call: CallLog): CallLog {
  const entries = Object.entries(call).filter(([name, value]) => {
    if (name === 'metrics') return true
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value
    return typeof text !== 'string' || text.length <= mostFieldCharacters
  })
  const trimmed = Object.fromEntries(entries) as CallLog
  return { ...trimmed, metrics: metricsOf(call).slice(0, mostMetrics) }
}

/** Tolerant of everything a service may leave out, or send as null. */
export function prepareCall(given: CallLog): PreparedCall {
  const call = trimCall(given)
  const time = Date.parse(call.timestamp)
  const topic = word(given.topic).slice(0, mostFieldCharacters)
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
    dropoff: cut(word(call.dropoff_point)),
    number: maskNumber(call.customer_number),
    scores: (call.metrics ?? [])
      .slice(0, 12)
      .map(({ id, score, enum: label }) =>
        typeof score === 'number' ? { id, score } : { id, label: cut(word(label)) },
      ),
  }
}
