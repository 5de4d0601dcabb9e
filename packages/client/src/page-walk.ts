import type { CallLog, CallLogPage, CallLogsListQuery } from '@cekura-kit/types'
import type { ListOptions } from './call-logs.ts'
import { CekuraError, refuse } from './cekura-error.ts'
import { followSignal } from './effects.ts'
import { checkNumber } from './settings.ts'

export type FetchPage = (
  /** Asked for at once; it throws when it cannot be sent. */
  query: () => CallLogsListQuery,
  options: ListOptions,
) => Promise<CallLogPage>

export interface WalkOptions {
  /** 1 asks for the next page while this one is worked on; default 0. */
  prefetch?: 0 | 1 | undefined
  /** Stop after so many pages; default none, with an error after 10 000. */
  maxPages?: number | undefined
}

/** What a walk has seen so far; final once its loop has ended. */
export interface WalkReport {
  pages: number
  /** Call logs handed over, each once. */
  items: number
  /** Call logs that came again on a later page, because others were added meanwhile, and were dropped. */
  duplicates: number
  /** `count` of the first and of the last page. They differ when the set changed during the walk. */
  firstCount?: number
  lastCount?: number
  /** The walk has reached the end of the set. */
  complete: boolean
}

export interface PageWalk extends AsyncIterable<CallLogPage> {
  readonly report: Readonly<WalkReport>
  /** Give it to `list(query, { resume })` to go on after the last page handed over; undefined at the end. */
  readonly resumeToken: string | undefined
}

/** Drops call logs that were handed over before. */
export function createSieve(): (calls: readonly CallLog[]) => CallLog[] {
  // Ids in which a repeated call log is looked for.
  const rememberedIds = 100_000
  const seen = new Set<number>()
  return (calls) =>
    calls.filter(({ id }) => {
      // One without an id cannot be told from another, and must not be lost.
      const isNew = id === undefined || !seen.has(id)
      seen.add(id)
      if (seen.size > rememberedIds) seen.delete(seen.values().next().value!)
      return isNew
    })
}

/** The position of a token, to go over the query it came from. */
export function readToken(token: string | undefined): object | undefined {
  if (token === undefined) return
  const [page, size, to] = token.split('~')
  if (!to) refuse('resume', token, 'a resumeToken')
  return { page: Number(page), page_size: Number(size) || undefined, timestamp_to: to }
}

/**
 * Walks from the query's page to the last one.
 *
 * `next` decides whether more follows and is never an address; page numbers are counted here.
 * `count` and the length of a page decide nothing. The query must have its `timestamp_to`, so that
 * calls made during the walk do not shift the pages.
 */
export function walkPages(
  fetchPage: FetchPage,
  query: CallLogsListQuery & { timestamp_to: string },
  options: ListOptions,
  { prefetch, maxPages }: WalkOptions = {},
): PageWalk {
  const mostPages = 10_000
  const most = checkNumber(maxPages ?? mostPages + 1, 'maxPages')
  const report: WalkReport = { pages: 0, items: 0, duplicates: 0, complete: false }
  const walk: { -readonly [Name in keyof PageWalk]?: PageWalk[Name] } = {
    report,
    async *[Symbol.asyncIterator](): AsyncGenerator<CallLogPage, void, undefined> {
      const sieve = createSieve()
      const { signal, end } = followSignal(options.signal)
      let { page = 1 } = query
      let asked: Promise<CallLogPage> | undefined
      const askNow = () => (asked ??= fetchPage(() => ({ ...query, page }), { ...options, signal }))
      try {
        for (;;) {
          const body = await askNow().catch((error: unknown) => {
            // Rows were deleted while we walked, and the last page went with them.
            if (page > 1 && CekuraError.is(error, 'not_found')) return
            throw error
          })
          const { next, count, results: found } = body ?? ({} as Partial<CallLogPage>)
          const named = Number(/[?&]page=(\d+)/.exec(next!)?.[1])
          if (named <= page || (report.pages === mostPages && !maxPages))
            throw new CekuraError(
              `Cannot go past page ${page}: next is ${named} and may never end; pass maxPages`,
              { code: 'invalid_response' },
            )
          page++
          asked = undefined
          report.complete = !next
          walk.resumeToken = next ? `${page}~${query.page_size}~${query.timestamp_to}` : undefined
          if (!body) return
          const results = sieve(found!)
          report.firstCount ??= count!
          report.lastCount = count!
          report.items += results.length
          report.duplicates += found!.length - results.length
          const isLast = ++report.pages === most || !next
          // Awaited later; a failure in between is not unhandled.
          if (prefetch && !isLast) askNow().catch(() => {})
          yield { ...body, results }
          if (isLast) return
        }
      } finally {
        // A consumer that breaks off early does not leave a request behind.
        end()
      }
    },
  }
  return walk as PageWalk
}
