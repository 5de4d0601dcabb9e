import type { CallLog, CallLogPage, CallLogsListInput } from '@cekura-kit/types'
import type { CekuraClient } from '../client-types.ts'
import { createDeduplicator } from '../pagination/deduplicator.ts'
import {
  callRules,
  checkOptions,
  integerRule,
  type OptionRules,
} from '../settings/check-options.ts'
import type { CallOptions } from '../settings/client-options.ts'
import { linkAbortSignal } from '../transport/deadline.ts'
import { checkNoPage, readRange, splitRange, type TimeWindow } from './split-range.ts'

export interface RangeOptions extends CallOptions {
  /**
   * Windows requested at a time; default 1. Above 1, the next ones are requested while you process
   * one. Results stay in order.
   */
  concurrency?: number | undefined
  /** `newest` starts with the newest window; default `oldest`. The order in a window is the API's. */
  order?: 'oldest' | 'newest' | undefined
}

const rangeRules: OptionRules<RangeOptions> = {
  ...callRules,
  concurrency: integerRule(1),
  order: {
    expected: '"oldest" or "newest"',
    isValid: (value) => value === 'oldest' || value === 'newest',
  },
}

export interface CallLogsRange extends Omit<CallLogsListInput, 'page'> {
  timestamp_from: Date | string
}

type ReadWindow = (window: TimeWindow) => AsyncIterable<CallLogPage>

/** The pages of one window after the other. */
async function* readInTurn(
  windows: Iterable<TimeWindow>,
  read: ReadWindow,
): AsyncGenerator<CallLogPage, void, undefined> {
  for (const window of windows) yield* read(window)
}

/**
 * The pages of all windows in order, several windows at a time. A window that is read before its
 * turn starts the next one; up to twice `concurrency` are in memory at a time.
 */
async function* readAhead(
  windows: Iterator<TimeWindow, void>,
  concurrency: number,
  read: ReadWindow,
): AsyncGenerator<CallLogPage, void, undefined> {
  const queue: Promise<CallLogPage[]>[] = []
  let running = 0

  const startWindows = (): void => {
    while (running < concurrency && queue.length < 2 * concurrency) {
      const window = windows.next()
      if (window.done) return
      running += 1
      const pages = collect(read(window.value))
      // It is awaited when its turn comes; a failure before that is not unhandled.
      pages.catch(() => {})
      queue.push(pages)
    }
  }
  const collect = async (pages: AsyncIterable<CallLogPage>): Promise<CallLogPage[]> => {
    const collected: CallLogPage[] = []
    for await (const page of pages) collected.push(page)
    running -= 1
    startWindows()
    return collected
  }

  startWindows()
  for (let pages = queue.shift(); pages; pages = queue.shift()) {
    yield* await pages
    startWindows()
  }
}

/**
 * Every call log of a range of any length, each once, requested in windows of at most 30 days,
 * because the API rejects longer ranges. `timestamp_to` is the present by default.
 *
 * With `concurrency` above 1, windows are kept in memory until their turn, up to twice as many.
 *
 * @throws {CekuraError} with code `usage` for an invalid range, before anything is sent
 * @see operation `callLogs.list`
 * @example
 * const timestamp_from = new Date('2025-01-01')
 * for await (const call of listCallLogsInRange(cekura, { agent_id: 2142, timestamp_from })) …
 */
export async function* listCallLogsInRange(
  client: Pick<CekuraClient, 'callLogs'>,
  query: CallLogsRange,
  options: RangeOptions = {},
): AsyncGenerator<CallLog, void, undefined> {
  checkOptions(options, rangeRules)
  const { concurrency = 1, order = 'oldest', ...callOptions } = options
  checkNoPage(query)
  const range = readRange(query.timestamp_from, query.timestamp_to)
  const windows = splitRange(range, order)
  const deduplicate = createDeduplicator()
  const { signal, end } = linkAbortSignal(options.signal)
  const read: ReadWindow = (window) =>
    client.callLogs.list({ ...query, ...window }, { ...callOptions, signal }).pages()
  try {
    const pages =
      concurrency > 1 ? readAhead(windows, concurrency, read) : readInTurn(windows, read)
    for await (const { results } of pages) yield* deduplicate(results)
  } finally {
    end()
  }
}
