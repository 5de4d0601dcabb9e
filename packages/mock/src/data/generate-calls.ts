import { assistants } from './catalog.ts'
import { dropoffs, endings, topics } from './conversation.ts'
import { formatDuration } from './duration.ts'
import { evaluate, succeeds } from './evaluation.ts'
import { hashUnit, pick } from './random.ts'
import { changedAt, createCall, type StoredCall } from './stored-call.ts'

export interface GeneratorOptions {
  seed: number
  /** Call logs of the agent. */
  rows: number
  agentId: number
  /** Time range of the calls and their records, in milliseconds since 1970. */
  startMs: number
  endMs: number
}

/** Names with their weights. */
const weightsOf = (table: { [name: string]: [weight: number, ...rest: unknown[]] }) =>
  Object.entries(table).map(([name, [weight]]) => [name, weight] as const)

const weightedTopics = weightsOf(topics)
const weightedDropoffs = weightsOf(dropoffs)
const weightedReasons = weightsOf(endings)
const feedbacks = [
  ['', 6],
  ['Handled well.', 3],
  ['Asked for the order number twice.', 2],
  ['The policy was quoted wrongly; "14 days", not 30.', 1],
] as const

/** Relative number of calls by hour: quiet nights, a peak before noon, a second one after lunch. */
const byHour = [1, 1, 1, 1, 1, 2, 5, 12, 26, 38, 42, 36, 26, 32, 37, 34, 28, 20, 12, 8, 6, 4, 2, 1]
const byWeekday = [0.2, 1, 1, 1, 1, 0.9, 0.35]
const minuteMs = 60_000
const hourMs = 3_600_000
// Ids of two agents never collide.
const idsPerAgent = 100_000_000

const share = (timeMs: number): number => {
  const date = new Date(timeMs)
  return (byHour[date.getUTCHours()]! / 42) * byWeekday[date.getUTCDay()]!
}

/** Times of calls in ascending order, on a daily and weekly pattern. */
function generateTimes({ seed, rows, agentId, startMs, endMs }: GeneratorOptions): number[] {
  const times = Array.from({ length: rows }, (_, row) => {
    let time = startMs
    for (let attempt = 0; attempt < 12; attempt++) {
      time = startMs + Math.floor(hashUnit(seed + agentId, row, 100 + attempt) * (endMs - startMs))
      if (hashUnit(seed + agentId, row, 200 + attempt) < share(time)) break
    }
    return time
  }).sort((a, b) => a - b)
  // The newest calls are recent, so that their evaluation is pending at the end of the range.
  for (let n = 1; n <= Math.min(3, Math.floor(rows / 20)); n++)
    times[rows - n] = Math.max(times[rows - n]!, endMs - n * minuteMs)
  // Sometimes two calls share a timestamp.
  for (let n = 1; n < rows; n += 2)
    if (hashUnit(seed + agentId, n, 16) < 0.02) times[n] = times[n - 1]!
  return times
}

/**
 * The call logs of a voice agent, oldest first, the same bytes for the same options. At `endMs`
 * every call has ended and has a record, and the newest are being evaluated.
 */
export function generateCalls(options: GeneratorOptions): StoredCall[] {
  const { seed, agentId, endMs } = options
  const base = (agentId % 20) * idsPerAgent
  return generateTimes(options).map((timeMs, row) => {
    const unit = (purpose: number): number => hashUnit(seed + agentId, row, purpose)
    const happens = (purpose: number, chance: number): boolean => unit(purpose) < chance
    const reason = pick(unit(1), weightedReasons)
    const answered = reason !== 'customer-did-not-answer'
    // A few calls are very long, as calls on hold are.
    const planned = 20 + 900 * unit(2) ** 3 + (happens(3, 0.002) ? 6200 : 0)
    const seconds = answered ? Math.floor(Math.min(planned, (endMs - timeMs) / 1000)) : 0
    const recordedMs = timeMs + (seconds + 20 + Math.round(unit(7) * 60)) * 1000
    const createdMs = Math.min(recordedMs, endMs)
    // An evaluation takes minutes, rarely hours; a review takes hours to days.
    const delay = happens(5, 0.03) ? 24 * hourMs * unit(15) : 30_000 + 570_000 * unit(15)
    const evaluatedMs = createdMs + 30_000 + Math.round(delay / 1000) * 1000
    const reviewedMs = happens(6, 0.12)
      ? evaluatedMs + Math.round((2 + unit(8) * 70) * 3600) * 1000
      : Infinity
    const id = base + row + 1
    const assistantId = assistants[happens(14, 0.7) ? 0 : 1]
    const call = createCall({ id, agentId, assistantId, timeMs, createdMs }, () => ({
      duration: formatDuration(seconds),
      call_ended_reason: reason,
      customer_number: `+1555010${String(Math.floor(unit(10) * 10_000)).padStart(4, '0')}`,
      call_id: `call_${id.toString(36)}${Math.floor(unit(11) * 36 ** 6).toString(36)}`,
      error_message: reason === 'pipeline-error' ? 'No audio was received.' : null,
      dropoff_point: succeeds(reason, unit) ? '' : pick(unit(12), weightedDropoffs),
      topic: answered ? pick(unit(13), weightedTopics) : '',
    }))
    const evaluated = changedAt(call, evaluatedMs, () => evaluate(reason, unit))
    return changedAt(evaluated, reviewedMs, ({ success }) => ({
      is_reviewed: true,
      status: success ? 'reviewed_success' : 'reviewed_failure',
      feedback: pick(unit(9), feedbacks),
    }))
  })
}
