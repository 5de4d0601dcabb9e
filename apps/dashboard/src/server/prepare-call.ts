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

const maxFieldCharacters = 4000
const maxMetricsCharacters = 20_000
const maxMetrics = 100
/** What is kept of a text that is too long. */
const keptCharacters = 200

const readText = (value: unknown): string => (typeof value === 'string' ? value : '')
const cutText = (value: unknown): string => readText(value).slice(0, keptCharacters)
const readReason = dimensionReader('reason')
const readTopic = dimensionReader('topic')
const readDropoff = dimensionReader('dropoff')

const isMetric = (value: unknown): value is Metric =>
  typeof value === 'object' && value !== null && typeof (value as Metric).id === 'number'
const readMetrics = (metrics: unknown): Metric[] =>
  Array.isArray(metrics) ? metrics.filter(isMetric) : []

const cutMetric = ({ id, name, type, score, enum: label }: Metric): Metric => ({
  id,
  name: cutText(name),
  type: cutText(type),
  ...(typeof score === 'number' && { score }),
  ...(label !== undefined && { enum: cutText(label) }),
})

const sizeOf = (value: unknown): number =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).length

/** A call without what is too long to keep for tens of thousands of calls, such as a transcript. */
function trimCall(call: CallLog): Pick<PreparedCall, 'call' | 'cut'> {
  const short: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(call)) {
    const size = sizeOf(value)
    if (name === 'metrics' && size > maxMetricsCharacters)
      short[name] = readMetrics(value).slice(0, maxMetrics).map(cutMetric)
    else if (name !== 'metrics' && size > maxFieldCharacters)
      short[name] = `${cutText(value)}… [cut, of ${size} characters]`
  }
  const cut = Object.keys(short)
  return { call: cut.length > 0 ? { ...call, ...short } : call, cut }
}

/** Tolerates everything that an API can leave out or send as null. */
function readCall(given: CallLog, isSearched: boolean, fallback: number): PreparedCall {
  const { call, cut } = trimCall(given)
  const time = Date.parse(call.timestamp)
  const isTimed = !Number.isNaN(time)
  const texts = {
    call_id: readText(call.call_id),
    reason: readReason({ ...call }),
    topic: readTopic({ ...call }),
    dropoff: readDropoff({ ...call }),
  }
  const personal = isSearched ? [readText(call.feedback), readText(call.error_message)] : []
  return {
    id: call.id,
    ...texts,
    time: isTimed ? time : null,
    at: isTimed ? time : fallback,
    seconds: readDuration(call.duration),
    outcome: outcomeOf(call),
    reviewed: call.is_reviewed === true,
    number: maskNumber(call.customer_number),
    call,
    cut,
    metrics: readMetrics(call.metrics),
    text: [String(call.id), ...Object.values(texts), ...personal].join('\n').toLowerCase(),
  }
}

/**
 * A prepared call; of one that cannot be processed, its id and time.
 *
 * @param isSearched whether the search looks at feedback and errors, which can be personal data
 * @param fallback time of a call without a valid timestamp
 */
export function prepareCall(call: CallLog, isSearched: boolean, fallback: number): PreparedCall {
  try {
    return readCall(call, isSearched, fallback)
  } catch {
    const { id, call_id, timestamp, status } = call
    const known = { id, call_id: cutText(call_id), timestamp, status: cutText(status) } as CallLog
    return { ...readCall(known, false, fallback), isUnreadable: true }
  }
}

/** A prepared call as a row of the table, with the results of some metrics. */
export function toRow(prepared: PreparedCall, scores: ReadonlySet<number>): CallRow {
  const { call: _, cut: _cut, metrics, at: _at, text: _text, ...facts } = prepared
  return {
    ...facts,
    scores: metrics
      .filter(({ id }) => scores.has(id))
      .map(({ id, score, enum: label }) =>
        typeof score === 'number' ? { id, score } : { id, label: readText(label) },
      ),
  }
}
