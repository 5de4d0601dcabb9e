import { operationPaths, type CallLog, type CallLogPage } from '@cekura-kit/types'
import { usageError } from './cekura-error.ts'
import type { Effects } from './effects.ts'
import { toInstant, toWireQuery, type ListQuery } from './list-query.ts'
import {
  createSieve,
  decodePosition,
  walkPages,
  type FetchPage,
  type PageWalk,
  type WalkOptions,
} from './page-walk.ts'
import { planWindows, type Window } from './range-windows.ts'
import { checkNumber, type RequestOptions } from './settings.ts'
import { validatePage, type PageSchema } from './standard-schema.ts'

export interface ListOptions extends RequestOptions {
  /** Query parameters that the types do not know. */
  extraQuery?: Readonly<Record<string, string | number | boolean>> | undefined
  /** Any Standard Schema; a page that fails it is `invalid_response`. Default none. */
  validate?: PageSchema | undefined
  /** A walk's `resumeToken`, to go on where it stopped. */
  resume?: string | undefined
}

export interface RangeOptions extends ListOptions {
  /** How many windows are asked for at a time; default 1. Results stay in order. */
  concurrency?: number | undefined
}

/** Awaited, the one page asked for; iterated, every call log from that page on, each once. */
export interface CallLogList extends PromiseLike<CallLogPage>, AsyncIterable<CallLog> {
  catch<Result = never>(
    onError?: ((error: unknown) => Result | PromiseLike<Result>) | null,
  ): Promise<CallLogPage | Result>
  finally(onEnd?: (() => void) | null): Promise<CallLogPage>
  /** Page after page, with a report of what was seen. */
  pages(options?: WalkOptions): PageWalk
  /** The first call logs as an array, at most `limit` of them. */
  toArray(options: { limit: number }): Promise<CallLog[]>
}

export interface CallLogs {
  /**
   * One agent's call logs.
   *
   * A walk without `timestamp_to` ends at the instant it began, so that calls made meanwhile do not
   * shift its pages.
   *
   * @throws {CekuraError} when the call is refused, fails, or answers something that is no page
   * @see operation `listCallLogs`
   * @example
   * for await (const call of cekura.callLogs.list({ agent_id: 2142 })) console.log(call.id)
   */
  list(query: ListQuery, options?: ListOptions): CallLogList
  /**
   * Every call log of a range of any length, asked for in windows of at most 30 days, oldest window
   * first. `timestamp_to` is the present when left out.
   *
   * @example
   * const from = new Date('2025-01-01')
   * for await (const call of cekura.callLogs.listRange({ agent_id: 2142, timestamp_from: from })) …
   */
  listRange(
    query: Omit<ListQuery, 'page'> & { timestamp_from: Date | string },
    options?: RangeOptions,
  ): AsyncIterable<CallLog>
}

async function* itemsOf(
  pages: AsyncIterable<CallLogPage>,
): AsyncGenerator<CallLog, void, undefined> {
  for await (const { results } of pages) yield* results
}

/** One signal that aborts with either; the caller's listener goes when `release` is called. */
function linkSignals(signal: AbortSignal | undefined, other: AbortSignal | undefined) {
  if (!signal || !other) return { signal: signal ?? other, release: () => {} }
  const both = new AbortController()
  const onAbort = (): void => both.abort(signal.aborted ? signal.reason : other.reason)
  for (const source of [signal, other]) source.addEventListener('abort', onAbort)
  if (signal.aborted || other.aborted) onAbort()
  return {
    signal: both.signal,
    release: () => {
      for (const source of [signal, other]) source.removeEventListener('abort', onAbort)
    },
  }
}

/** The `callLogs` part of a client. */
export function createCallLogs(
  fetchPage: (query: object, options: RequestOptions) => Promise<CallLogPage>,
  effects: Effects,
): CallLogs {
  const fetcher =
    (options: ListOptions): FetchPage =>
    async (query, walkSignal) => {
      const { signal, release } = linkSignals(options.signal, walkSignal)
      try {
        const page = await fetchPage({ ...options.extraQuery, ...query }, { ...options, signal })
        return options.validate
          ? await validatePage(options.validate, page, operationPaths.listCallLogs)
          : page
      } finally {
        release()
      }
    }

  function list(query: ListQuery, options: ListOptions = {}): CallLogList {
    const first = async (): Promise<CallLogPage> => fetcher(options)(startOf(query, options))
    const pages = (walkOptions?: WalkOptions): PageWalk => {
      const wire = startOf(query, options)
      const pinned = { timestamp_to: new Date(effects.now()).toISOString(), ...wire }
      return walkPages(fetcher(options), pinned, walkOptions)
    }
    return {
      // oxlint-disable-next-line unicorn/no-thenable -- awaiting a list is its documented use
      then: (onPage, onError) => first().then(onPage, onError),
      catch: (onError) => first().catch(onError),
      finally: (onEnd) => first().finally(onEnd),
      pages,
      [Symbol.asyncIterator]: () => itemsOf(pages()),
      async toArray({ limit }) {
        checkNumber('limit', limit, 1)
        const calls: CallLog[] = []
        for await (const call of itemsOf(pages())) {
          calls.push(call)
          if (calls.length === limit) break
        }
        return calls
      },
    }
  }

  async function* listRange(
    query: Parameters<CallLogs['listRange']>[0],
    options: RangeOptions = {},
  ): AsyncGenerator<CallLog, void, undefined> {
    const concurrency = checkNumber('concurrency', options.concurrency ?? 1, 1)
    const from = new Date(toInstant('timestamp_from', query.timestamp_from))
    const to = new Date(toInstant('timestamp_to', query.timestamp_to ?? new Date(effects.now())))
    const sieve = createSieve()
    const walk = (window: Window) => list({ ...query, ...window }, options)
    if (concurrency === 1) {
      for (const window of planWindows(from, to))
        for await (const { results } of walk(window).pages()) yield* sieve(results)
      return
    }
    const waiting = planWindows(from, to)
    const abandon = new AbortController()
    const { signal, release } = linkSignals(options.signal, abandon.signal)
    const collect = async (window: Window): Promise<CallLog[]> => {
      const calls: CallLog[] = []
      for await (const { results } of list({ ...query, ...window }, { ...options, signal }).pages())
        calls.push(...results)
      return calls
    }
    const running: Promise<CallLog[]>[] = []
    const start = (): void => {
      const window = waiting.shift()
      if (!window) return
      const calls = collect(window)
      // Awaited in its turn; a failure before is not unhandled.
      calls.catch(() => {})
      running.push(calls)
    }
    try {
      for (let n = 0; n < concurrency; n++) start()
      while (running.length > 0) {
        const calls = await running.shift()!
        start()
        yield* sieve(calls)
      }
    } finally {
      abandon.abort()
      release()
    }
  }

  return { list, listRange }
}

function startOf(query: ListQuery, { resume }: ListOptions) {
  const wire = toWireQuery(query)
  if (resume === undefined) return wire
  if (query.page !== undefined)
    throw usageError('Cannot resume: the query has a page of its own; leave one of the two out')
  return { ...wire, ...decodePosition(resume) }
}
