import type { CallLog, CallLogsListInput, CekuraClient } from '@cekura-kit/client'
import { prepareCall, type PreparedCall } from './prepare-call.ts'

export interface TimeRange {
  from: number
  to: number
}

export interface LoadedWindow {
  /** Newest first. */
  calls: PreparedCall[]
  expected: number
  /** Start of the part that was read, when the whole does not fit. */
  coveredFrom: number | undefined
}

export interface LoadProgress {
  loaded: number
  expected: number | undefined
}

interface LoadOptions {
  agentId: number
  range: TimeRange
  maxRows: number
  pageSize: number
  signal: AbortSignal
  onProgress: (progress: LoadProgress) => void
  /** Calls of an older part of the range that need not be read again, with the instant they end. */
  known?: { calls: readonly PreparedCall[]; until: number } | undefined
}

const dayMs = 86_400_000
/** The service is known to refuse ranges of some more than 30 days. */
const maxSpanMs = 30 * dayMs
const minSpanMs = 60_000

/** A range in parts that the service accepts, newest first. */
export function planParts({ from, to }: TimeRange): TimeRange[] {
  const parts: TimeRange[] = []
  for (let end = to; end > from; end -= maxSpanMs)
    parts.push({ from: Math.max(from, end - maxSpanMs), to: end })
  return parts
}

const newestFirst = (a: PreparedCall, b: PreparedCall): number =>
  b.time - a.time || b.call.id - a.call.id

/**
 * Reads a range, or as much of its newest part as may be kept.
 *
 * The service's order is not documented, so the newest calls are found by time alone: a part that
 * does not fit is halved, and its newer half is read first.
 */
export async function loadWindow(
  client: CekuraClient,
  options: LoadOptions,
): Promise<LoadedWindow> {
  const { agentId, range, maxRows, pageSize, signal, onProgress, known } = options
  const byId = new Map<number, PreparedCall>(known?.calls.map((call) => [call.call.id, call]))
  const queryOf = ({ from, to }: TimeRange, size: number): CallLogsListInput => ({
    agent_id: agentId,
    timestamp_from: new Date(from),
    timestamp_to: new Date(to),
    page_size: size,
  })
  // What is read now is newer than what was known.
  const read = new Set<number>()
  const add = (calls: readonly CallLog[]): void => {
    for (const call of calls) {
      if (read.has(call.id)) continue
      read.add(call.id)
      const prepared = prepareCall(call)
      // The API's rule for the end of a range is unknown; here the end is excluded.
      if (prepared.time >= range.to) continue
      byId.set(call.id, prepared)
    }
  }
  const parts = planParts(known ? { from: known.until, to: range.to } : range)
  // A page can come without a count. Then a part is only known to be too large once it was read.
  const countOf = async (part: TimeRange): Promise<number | undefined> =>
    (await client.callLogs.list(queryOf(part, 1), { signal })).count
  const counts = new Map<TimeRange, number | undefined>()
  let expected: number | undefined = byId.size
  const report = (loaded: number): void => onProgress({ loaded, expected })
  for (const part of parts) {
    const count = await countOf(part)
    counts.set(part, count)
    expected = expected === undefined || count === undefined ? undefined : expected + count
    report(byId.size)
  }
  if (known && (expected ?? 0) > maxRows)
    return loadWindow(client, { ...options, known: undefined })

  /** Reads a part and keeps its calls, or returns false when they do not fit. */
  async function readPart(part: TimeRange): Promise<boolean> {
    const count = counts.has(part) ? counts.get(part) : await countOf(part)
    if (byId.size + (count ?? 0) > maxRows) return false
    if (count === 0) return true
    const calls: CallLog[] = []
    const pages = client.callLogs.list(queryOf(part, pageSize), { signal }).pages({ prefetch: 1 })
    for await (const { results } of pages) {
      calls.push(...results)
      if (byId.size + calls.length > maxRows) return false
      report(byId.size + calls.length)
    }
    add(calls)
    return true
  }

  const waiting = [...parts]
  let coveredFrom: number | undefined
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    if (await readPart(part)) continue
    if (part.to - part.from <= minSpanMs) {
      coveredFrom = part.to
      break
    }
    const middle = Math.floor((part.from + part.to) / 2)
    waiting.unshift({ from: middle, to: part.to }, { from: part.from, to: middle })
  }
  const calls = [...byId.values()].sort(newestFirst)
  return { calls, expected: Math.max(expected ?? 0, calls.length), coveredFrom }
}
