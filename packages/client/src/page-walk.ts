import type { CallLog, CallLogPage, ListCallLogsQuery } from '@cekura-kit/types'
import { CekuraError, usageError } from './cekura-error.ts'
import { checkNumber } from './settings.ts'

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
  firstCount: number | undefined
  lastCount: number | undefined
  /** The walk has reached the end of the set. */
  complete: boolean
}

export interface PageWalk extends AsyncIterable<CallLogPage> {
  readonly report: Readonly<WalkReport>
  /** Give it to `list(query, { resume })` to go on after the last page handed over; undefined at the end. */
  readonly resumeToken: string | undefined
}

export type FetchPage = (query: ListCallLogsQuery, signal?: AbortSignal) => Promise<CallLogPage>

/** Pages in which a repeated call log is looked for, by ids remembered. */
const rememberedIds = 100_000
const mostPages = 10_000

/** Drops call logs that were handed over before. */
export function createSieve(): (calls: readonly CallLog[]) => CallLog[] {
  const seen = new Set<number>()
  return (calls) => {
    const fresh = calls.filter(({ id }) => {
      if (seen.has(id)) return false
      seen.add(id)
      return true
    })
    for (const id of seen) {
      if (seen.size <= rememberedIds) break
      seen.delete(id)
    }
    return fresh
  }
}

/** The page number that `next` speaks of, undefined when it names none. */
function pageOf(next: string): number | undefined {
  const number = Number(/[?&]page=(\d+)/.exec(next)?.[1] ?? Number.NaN)
  return Number.isNaN(number) ? undefined : number
}

interface Position {
  page: number
  timestamp_to: string
}

const encodePosition = ({ page, timestamp_to: to }: Position): string => `v1.${page}.${to}`

/** @throws {CekuraError} with code `usage` when the token is none of ours */
export function decodePosition(token: string): Position {
  const [, page, to] = /^v1\.([1-9]\d*)\.(.+)$/.exec(token) ?? []
  if (page === undefined || to === undefined || Number.isNaN(Date.parse(to)))
    throw usageError(
      'Cannot resume: the token is none that resumeToken gave; start without one, or pass it whole',
    )
  return { page: Number(page), timestamp_to: to }
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
  query: ListCallLogsQuery & { timestamp_to: string },
  options: WalkOptions = {},
): PageWalk {
  const { prefetch = 0 } = options
  const maxPages =
    options.maxPages === undefined ? undefined : checkNumber('maxPages', options.maxPages, 1)
  const report: WalkReport = {
    pages: 0,
    items: 0,
    duplicates: 0,
    firstCount: undefined,
    lastCount: undefined,
    complete: false,
  }
  let resumeToken: string | undefined

  async function* walk(): AsyncGenerator<CallLogPage, void, undefined> {
    const sieve = createSieve()
    const abandon = new AbortController()
    const ask = (page: number): Promise<CallLogPage> =>
      fetchPage({ ...query, page }, abandon.signal)
    let page = query.page ?? 1
    let ahead: Promise<CallLogPage> | undefined
    try {
      for (;;) {
        const body = await (ahead ?? ask(page)).catch((error: unknown) => {
          // Rows were deleted while we walked, and the last page went with them.
          if (page > 1 && CekuraError.is(error, 'not_found')) return undefined
          throw error
        })
        ahead = undefined
        resumeToken = undefined
        if (body === undefined) {
          report.complete = true
          return
        }
        const following = body.next === null ? undefined : page + 1
        if (body.next !== null && (pageOf(body.next) ?? page + 1) <= page)
          throw new CekuraError(
            `Cannot go on after page ${page}: the answer calls page ${pageOf(body.next)} its next one, so the walk would never end`,
            { code: 'invalid_response' },
          )
        report.pages += 1
        report.firstCount ??= body.count
        report.lastCount = body.count
        const isLast = following === undefined || report.pages === maxPages
        if (!isLast && prefetch > 0) {
          ahead = ask(following)
          // Awaited later; a failure in between is not unhandled.
          ahead.catch(() => {})
        }
        const results = sieve(body.results)
        report.items += results.length
        report.duplicates += body.results.length - results.length
        if (following !== undefined)
          resumeToken = encodePosition({ page: following, timestamp_to: query.timestamp_to })
        report.complete = following === undefined
        yield { ...body, results }
        if (isLast) return
        if (report.pages >= mostPages)
          throw new CekuraError(
            `Cannot go on after ${mostPages} pages: narrow the time range, raise page_size or pass maxPages`,
            { code: 'invalid_response' },
          )
        page = following
      }
    } finally {
      // A consumer that breaks off early does not leave a request behind.
      if (ahead) abandon.abort()
    }
  }

  return {
    [Symbol.asyncIterator]: walk,
    report,
    get resumeToken() {
      return resumeToken
    },
  }
}
