import { maskNumber, readDuration } from '@cekura-kit/call-format'
import type { CallLog, Metric } from '@cekura-kit/types'
import type { CallRow } from '../shared/dashboard-api.ts'

/** A call log read once for sorting, filtering and counting. */
export interface PreparedCall {
  /** As it was sent, but for the fields in `cut`. */
  call: CallLog
  /** Names of the fields that were too long to keep; an export reads them anew. */
  cut: readonly string[]
  /** Its metrics, those that are none left out. */
  metrics: readonly Metric[]
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

const maxFieldCharacters = 4000
const maxMetricsCharacters = 20_000
const maxMetrics = 100
/** What a cell can show, and a label may be. */
const maxCharacters = 200

const size = (value: unknown): number =>
  typeof value === 'string'
    ? value.length
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value).length
      : 0

const cutText = (value: unknown): string => word(value).slice(0, maxCharacters)

function cutMetric({ id, name, type, score, enum: label }: Metric): Metric {
  const metric: Metric = { id, name: cutText(name), type: cutText(type) }
  if (typeof score === 'number') metric.score = score
  if (label !== undefined) metric.enum = cutText(label)
  return metric
}

const cutMetrics = (metrics: unknown): Metric[] =>
  (Array.isArray(metrics) ? metrics.filter(isMetric) : []).slice(0, maxMetrics).map(cutMetric)

/**
 * A call without what is too long to keep for tens of thousands of calls, a transcript for example.
 * Whoever wants all of it, as the drawer and the export do, reads the call anew.
 */
export function trimCall(call: CallLog): Pick<PreparedCall, 'call' | 'cut'> {
  const cut = Object.entries(call)
    .filter(
      ([name, value]) =>
        size(value) > (name === 'metrics' ? maxMetricsCharacters : maxFieldCharacters),
    )
    .map(([name]) => name)
  if (cut.length === 0) return { call, cut }
  const kept = Object.fromEntries(
    Object.entries(call).map(([name, value]) => [
      name,
      !cut.includes(name)
        ? value
        : name === 'metrics'
          ? cutMetrics(value)
          : `${cutText(value)}… [cut, of ${size(value)} characters]`,
    ]),
  )
  return { call: kept as CallLog, cut }
}

/** Tolerant of everything a service may leave out, or send as null. */
export function prepareCall(given: CallLog): PreparedCall {
  const { call, cut } = trimCall(given)
  const time = Date.parse(call.timestamp)
  const topic = word(call.topic)
  const metrics: unknown[] = Array.isArray(call.metrics) ? call.metrics : []
  return {
    call,
    cut,
    metrics: metrics.every(isMetric) ? metrics : metrics.filter(isMetric),
    time: Number.isNaN(time) ? 0 : time,
    seconds: readDuration(call.duration),
    reason: word(call.call_ended_reason),
    topic,
    status: word(call.status),
    reviewed: call.is_reviewed === true,
    text: `${call.id} ${word(call.call_id)} ${word(given.topic).slice(0, 1000)}`.toLowerCase(),
  }
}

const shorten = (text: string): string =>
  text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text

/** A prepared call as a row of the table, its texts cut to what a cell can show. */
export function toRow({ call, metrics, seconds, reason, topic, reviewed }: PreparedCall): CallRow {
  return {
    id: call.id,
    call_id: shorten(word(call.call_id)),
    timestamp: word(call.timestamp),
    seconds,
    success: typeof call.success === 'boolean' ? call.success : null,
    status: shorten(word(call.status)) as CallRow['status'],
    reviewed,
    reason: shorten(reason),
    topic: shorten(topic),
    dropoff: shorten(word(call.dropoff_point)),
    number: maskNumber(call.customer_number),
    scores: metrics
      .slice(0, 12)
      .map(({ id, score, enum: label }) =>
        typeof score === 'number' ? { id, score } : { id, label: shorten(word(label)) },
      ),
  }
}
