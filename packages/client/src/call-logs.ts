import type { CallLog, CallLogPage } from '@cekura-kit/types'
import { refuse } from './cekura-error.ts'
import { followSignal, type Effects } from './effects.ts'
import { toInstant, toWireQuery, type ListQuery } from './list-query.ts'
import {
  createSieve,
  readToken,
  walkPages,
  type FetchPage,
  type PageWalk,
  type WalkOptions,
} from './page-walk.ts'
import { planWindows } from './range-windows.ts'
import { checkNumber, type RequestOptions } from './settings.ts'
import type { PageSchema } from './standard-schema.ts'

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
   * @see operation `callLogs.list`
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

/** All pages of a walk at once, asked for as fast as they come. */
function collect(walk: AsyncIterable<CallLogPage>): Promise<CallLogPage[]> {
  const collected = (async () => {
    const pages: CallLogPage[] = []
    for await (const page of walk) pages.push(page)
    return pages
  })()
  // Awaited in its turn; a failure before is not unhandled.
  collected.catch(() => {})
  return collected
}

/** The `callLogs` part of a client. */
export function createCallLogs(fetchPage: FetchPage, effects: Effects): CallLogs {
  const now = (): string => toInstant(effects.now())

  function list(query: ListQuery, options: ListOptions = {}): CallLogList {
    const start = () => toWireQuery({ ...query, ...readToken(options.resume) })
    let page: Promise<CallLogPage> | undefined
    const first = () => (page ??= fetchPage(start, options))
    const list: CallLogList = {
      // oxlint-disable-next-line unicorn/no-thenable -- awaiting a list is its documented use
      then: (onPage, onError) => first().then(onPage, onError),
      catch: (onError) => first().catch(onError),
      finally: (onEnd) => first().finally(onEnd),
      pages: (walkOptions) =>
        walkPages(fetchPage, { timestamp_to: now(), ...start() }, options, walkOptions),
      async *[Symbol.asyncIterator]() {
        for await (const { results } of list.pages()) yield* results
      },
      async toArray({ limit }) {
        checkNumber(limit, 'limit')
        const calls: CallLog[] = []
        for await (const call of list) if (calls.push(call) === limit) break
        return calls
      },
    }
    return list
  }

  async function* listRange(
    query: Parameters<CallLogs['listRange']>[0],
    options: RangeOptions = {},
  ): AsyncGenerator<CallLog, void, undefined> {
    const most = checkNumber(options.concurrency ?? 1, 'concurrency')
    const { timestamp_from, timestamp_to = now() } = toWireQuery(query)
    const from = Date.parse(timestamp_from!)
    const to = Date.parse(timestamp_to)
    if (!(from <= to)) refuse('timestamp_from', timestamp_from, `one before ${timestamp_to}`)
    const windows = planWindows(from, to)
    const sieve = createSieve()
    const running: (AsyncIterable<CallLogPage> | Promise<CallLogPage[]>)[] = []
    const { signal, end } = followSignal(options.signal)
    try {
      while (windows.length + running.length) {
        while (windows.length && running.length < most) {
          const walk = list({ ...query, ...windows.shift() }, { ...options, signal }).pages()
          running.push(most > 1 ? collect(walk) : walk)
        }
        for await (const { results } of (await running.shift())!) yield* sieve(results)
      }
    } finally {
      end()
    }
  }

  return { list, listRange }
}
