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
import { checkNoPage, readRange, splitRange } from './split-range.ts'

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
  const running: (AsyncIterable<CallLogPage> | Promise<CallLogPage[]>)[] = []
  const { signal, end } = linkAbortSignal(options.signal)
  const fill = (): void => {
    while (running.length < concurrency) {
      const window = windows.next()
      if (window.done) return
      const pages = client.callLogs
        .list({ ...query, ...window.value }, { ...callOptions, signal })
        .pages()
      running.push(concurrency > 1 ? collect(pages) : pages)
    }
  }
  try {
    fill()
    for (let pages = await running.shift(); pages; pages = await running.shift()) {
      // The next window is requested while this one is processed.
      fill()
      for await (const { results } of pages) yield* deduplicate(results)
    }
  } finally {
    end()
  }
}
