import type { CallLog, CallLogPage, CallLogsListInput } from '@cekura-kit/types'
import type { CekuraClient } from '../client-types.ts'
import { checkOptionNames, throwInvalidOption, throwInvalidParameter } from '../errors/usage-error.ts'
import { dateTimeExpected, toDateTime } from '../input/timestamp.ts'
import { createDeduplicator } from '../pagination/deduplicator.ts'
import { checkInteger } from '../settings/read-settings.ts'
import type { CallOptions } from '../settings/client-options.ts'
import { linkAbortSignal } from '../transport/deadline.ts'

const dayMs = 86_400_000
/** The API rejects ranges a little longer than this. */
const windowMs = 30 * dayMs
/**
 * Whether the ends of a range are included is not documented. Two windows share a second, so that
 * no call is lost either way; one that comes twice is dropped.
 */
const overlapMs = 1000

export interface RangeOptions extends CallOptions {
  /** Windows requested at a time; default 1. Results stay in order. */
  concurrency?: number | undefined
  /** `newest` starts with the newest window; default `oldest`. The order in a window is the API's. */
  order?: 'oldest' | 'newest' | undefined
}

export interface CallLogsRange extends Omit<CallLogsListInput, 'page'> {
  timestamp_from: Date | string
}

/** One part of a range. */
export interface TimeWindow {
  timestamp_from: string
  timestamp_to: string
}

const toText = (time: number): string => new Date(time).toISOString()

/** Windows of at most 30 days that cover a range without a gap, oldest first. */
export function* splitRange(from: number, to: number): Generator<TimeWindow, void, undefined> {
  for (let start = from; ;) {
    const end = Math.min(start + windowMs, to)
    yield { timestamp_from: toText(start), timestamp_to: toText(end) }
    if (end === to) return
    start = end - overlapMs
  }
}

/** The same windows, newest first. */
function* splitRangeBackwards(from: number, to: number): Generator<TimeWindow, void, undefined> {
  for (let end = to; ;) {
    const start = Math.max(end - windowMs, from)
    yield { timestamp_from: toText(start), timestamp_to: toText(end) }
    if (start === from) return
    end = start + overlapMs
  }
}

function readTime(name: string, value: unknown): number {
  const text = toDateTime(value)
  return text === undefined
    ? throwInvalidParameter(name, dateTimeExpected, value)
    : Date.parse(text)
}

/** Reads all pages at once, for a window that is not its turn yet. */
function collect(pages: AsyncIterable<CallLogPage>): Promise<CallLogPage[]> {
  const collected = (async () => {
    const read: CallLogPage[] = []
    for await (const page of pages) read.push(page)
    return read
  })()
  // It is awaited when its turn comes; a failure before that is not unhandled.
  collected.catch(() => {})
  return collected
}

/**
 * Every call log of a range of any length, each once, requested in windows of at most 30 days,
 * because the API rejects longer ranges. `timestamp_to` is the present by default.
 *
 * With `concurrency` above 1, windows are kept in memory until their turn.
 *
 * @throws {CekuraError} with code `usage` for an invalid range, before anything is sent
 * @see operation `callLogs.list`
 * @example
 * const timestamp_from = new Date('2025-01-01')
 * for await (const call of listCallLogsInRange(cekura, { agent_id: 2142, timestamp_from })) …
 */
export async function* listCallLogsInRange(
  client: CekuraClient,
  query: CallLogsRange,
  options: RangeOptions = {},
): AsyncGenerator<CallLog, void, undefined> {
  const { concurrency = 1, order = 'oldest', ...callOptions } = options
  checkInteger(concurrency, 'concurrency')
  if (order !== 'oldest' && order !== 'newest') throwInvalidOption('order', '"oldest" or "newest"')
  // A token stands for one list, and a range is many.
  if ('resume' in callOptions)
    checkOptionNames({ resume: 0 }, ['concurrency', 'order'])
  const from = readTime('timestamp_from', query.timestamp_from)
  const to = query.timestamp_to === undefined ? Date.now() : readTime('timestamp_to', query.timestamp_to)
  if (from > to)
    throwInvalidParameter('timestamp_from', 'a time that is not after timestamp_to', toText(from))

  const windows = order === 'oldest' ? splitRange(from, to) : splitRangeBackwards(from, to)
  const deduplicate = createDeduplicator()
  const running: (AsyncIterable<CallLogPage> | Promise<CallLogPage[]>)[] = []
  const { signal, end } = linkAbortSignal(options.signal)
  const startNext = (): boolean => {
    const window = windows.next()
    if (window.done) return false
    const pages = client.callLogs.list({ ...query, ...window.value }, { ...callOptions, signal }).pages()
    running.push(concurrency > 1 ? collect(pages) : pages)
    return true
  }
  try {
    for (;;) {
      while (running.length < concurrency && startNext());
      const pages = await running.shift()
      if (pages === undefined) return
      for await (const { results } of pages) yield* deduplicate(results)
    }
  } finally {
    end()
  }
}
