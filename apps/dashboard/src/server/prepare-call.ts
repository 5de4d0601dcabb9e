import { dimensionReader, maskNumber, outcomeOf, readDuration } from '@cekura-kit/call-format'
import type { CallLog, Metric } from '@cekura-kit/types'
import type { CallFacts, CallRow } from '../shared/call-row.ts'

/** A call log, read once for filtering, sorting and counting. */
export interface PreparedCall extends CallFacts {
  /** As the API sent it, except for the fields in `cut`. */
  call: CallLog
  /** Names of the fields that are too long to keep; an export reloads them. */
  cut: readonly string[]
  /** Its valid metrics. */
  metrics: readonly Metric[]
  /** The time to sort by, also when the timestamp is not valid. */
  at: number
  /** What a search looks at, in lower case: never the customer number. */
  text: string
  isUnreadable?: true
}

const readText = (value: unknown): string => (typeof value === 'string' ? value : '')
const readReason = dimensionReader('reason')
const readTopic = dimensionReader('topic')
const readDropoff = dimensionReader('dropoff')

const isMetric = (value: unknown): value is Metric =>
  typeof value === 'object' && value !== null && typeof (value as Metric).id === 'number'

const maxFieldCharacters = 4000
const maxMetricsCharacters = 20_000
const maxMetrics = 100
/** What a cell can show, and the length of a label. */
const maxCharacters = 200
const maxSearchCharacters = 1000

const size = (value: unknown): number =>
  typeof value === 'string'
    ? value.length
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value).length
      : 0

const cutText = (value: unknown): string => readText(value).slice(0, maxCharacters)

function cutMetric({ id, name, type, score, enum: label }: Metric): Metric {
  const metric: Metric = { id, name: cutText(name), type: cutText(type) }
  if (typeof score === 'number') metric.score = score
  if (label !== undefined) metric.enum = cutText(label)
  return metric
}

const readMetrics = (metrics: unknown): Metric[] =>
  Array.isArray(metrics) ? metrics.filter(isMetric) : []

/** A call without what is too long to keep for tens of thousands of calls, such as a transcript. */
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
          ? readMetrics(value).slice(0, maxMetrics).map(cutMetric)
          : `${cutText(value)}… [cut, of ${size(value)} characters]`,
    ]),
  )
  return { call: kept as CallLog, cut }
}

/**
 * Tolerates everything that an API can leave out or send as null.
 *
 * @param isSearched whether the search looks at feedback and errors, which can be personal data
 * @param fallback time of a call without a valid timestamp
 */
function readCall(given: CallLog, isSearched: boolean, fallback: number): PreparedCall {
  const { call, cut } = trimCall(given)
  const time = Date.parse(call.timestamp)
  const texts = {
    call_id: readText(call.call_id),
    reason: readReason({ ...call }),
    topic: readTopic({ ...call }),
    dropoff: readDropoff({ ...call }),
  }
  const metrics = readMetrics(call.metrics)
  const personal = isSearched ? [readText(call.feedback), readText(call.error_message)] : []
  return {
    id: call.id,
    ...texts,
    time: Number.isNaN(time) ? null : time,
    at: Number.isNaN(time) ? fallback : time,
    seconds: readDuration(call.duration),
    outcome: outcomeOf(call),
    reviewed: call.is_reviewed === true,
    number: maskNumber(call.customer_number),
    call,
    cut,
    metrics,
    text: [String(call.id), ...Object.values(texts), ...personal]
      .map((text) => text.slice(0, maxSearchCharacters))
      .join('\n')
      .toLowerCase(),
  }
}

/** A prepared call; of one that cannot be processed, its id and time. */
export function prepareCall(call: CallLog, isSearched: boolean, fallback: number): PreparedCall {
  try {
    return readCall(call, isSearched, fallback)
  } catch {
    const { id, call_id, timestamp, status } = call
    const known = { id, call_id: cutText(call_id), timestamp, status: cutText(status) } as CallLog
    return { ...readCall(known, false, fallback), isUnreadable: true }
  }
}

const shorten = (text: string): string =>
  text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text

/** A prepared call as a row of the table, with the results of some metrics. */
export function toRow(prepared: PreparedCall, scores: ReadonlySet<number>): CallRow {
  const { call: _, cut: _cut, metrics, at: _at, text: _text, ...facts } = prepared
  return {
    ...facts,
    call_id: shorten(facts.call_id),
    reason: shorten(facts.reason),
    topic: shorten(facts.topic),
    dropoff: shorten(facts.dropoff),
    scores: metrics
      .filter(({ id }) => scores.has(id))
      .map(({ id, score, enum: label }) =>
        typeof score === 'number' ? { id, score } : { id, label: shorten(readText(label)) },
      ),
  }
}
