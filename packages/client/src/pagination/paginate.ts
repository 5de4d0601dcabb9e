import { CekuraError } from '../errors/cekura-error.ts'
import { checkOptions, integerRule, type OptionRules } from '../settings/check-options.ts'
import type { Call } from '../transport/call.ts'
import { linkAbortSignal } from '../transport/deadline.ts'
import { createDeduplicator } from './deduplicator.ts'
import { formatResumeToken, type ResumePosition } from './resume-token.ts'

export interface PaginateOptions {
  /** 1 requests the next page while you process this one; default 0. */
  prefetch?: 0 | 1 | undefined
  /** Stop after this many pages; default: no limit, with an error after 10,000. */
  maxPages?: number | undefined
}

const paginateRules: OptionRules<PaginateOptions> = {
  prefetch: { expected: '0 or 1', isValid: (value) => value === 0 || value === 1 },
  maxPages: integerRule(1),
}

/** What an iteration has seen so far; final once its loop has ended. */
export interface PaginationReport {
  pages: number
  /** Items returned, each once. */
  items: number
  /** Items dropped because they came on an earlier page: others were added during the iteration. */
  duplicates: number
  /** `count` of the first and of the last page, undefined if the API sends none. */
  firstCount: number | undefined
  lastCount: number | undefined
  /** The API said that the list ends here. */
  complete: boolean
}

/** One pass over the pages. Each has its own report, limit and position. */
export interface PageIterator<Page> extends AsyncGenerator<Page, void, undefined> {
  readonly report: Readonly<PaginationReport>
  /** Pass it to `resume` to continue after the last page returned; undefined at the end. */
  readonly resumeToken: string | undefined
}

/** Pages of a list. `report` and `resumeToken` are those of the latest loop over it. */
export interface PageList<Page> extends AsyncIterable<Page> {
  [Symbol.asyncIterator](): PageIterator<Page>
  readonly report: Readonly<PaginationReport>
  readonly resumeToken: string | undefined
}

/** The part of a page that pagination reads. */
export interface PageLike {
  count?: number | null | undefined
  next: string | null
  results: readonly object[]
}

/** Requests one page. `check` runs as a part of the call. */
export type FetchPage<Page> = (
  position: ResumePosition,
  signal: AbortSignal,
  check: (page: Page, call: Call) => void,
) => Promise<Page>

/** Pages after which an iteration without `maxPages` is taken for endless. */
const maxUncheckedPages = 10_000

/** Django's own response for a page past the last one. */
const isPastEnd = (error: unknown): boolean =>
  CekuraError.is(error, 'not_found') &&
  (error.body as { detail?: unknown } | null)?.detail === 'Invalid page.'

/** The page number that a link names. */
function pageNumberOf(link: string): number | undefined {
  const number = Number(/[?&]page=(\d+)/.exec(link)?.[1])
  return Number.isNaN(number) ? undefined : number
}

const createReport = (): PaginationReport => ({
  pages: 0,
  items: 0,
  duplicates: 0,
  firstCount: undefined,
  lastCount: undefined,
  complete: false,
})

interface IterationState {
  report: PaginationReport
  resumeToken: string | undefined
}

/** Checks that a page leads on: `next` names a later page, or the page differs from the last one. */
function createAdvanceCheck(report: PaginationReport, maxPages: number | undefined) {
  let lastResults: string | undefined
  return (page: number) =>
    (body: PageLike, call: Call): void => {
      if (body.next === null) return
      const next = pageNumberOf(body.next)
      // Without a page number only the content shows progress. Ids can be missing, so all of it.
      const results = next === undefined ? JSON.stringify(body.results) : undefined
      const isRepeat = results !== undefined && results === lastResults
      lastResults = results
      if (isRepeat || (next !== undefined && next <= page))
        throw call.createError('pagination_stuck', { page, next })
      if (maxPages === undefined && report.pages + 1 > maxUncheckedPages)
        throw call.createError('too_many_pages', { limit: maxUncheckedPages })
    }
}

async function* iterate<Page extends PageLike>(
  fetchPage: FetchPage<Page>,
  start: ResumePosition,
  signal: AbortSignal | undefined,
  { prefetch, maxPages }: PaginateOptions,
  state: IterationState,
): AsyncGenerator<Page, void, undefined> {
  const { report } = state
  const deduplicate = createDeduplicator()
  const checkOf = createAdvanceCheck(report, maxPages)
  const link = linkAbortSignal(signal)
  let { page } = start
  let requested: Promise<Page> | undefined
  const request = (): Promise<Page> =>
    (requested ??= fetchPage({ ...start, page }, link.signal, checkOf(page)))
  try {
    for (;;) {
      let body: Page
      try {
        body = await request()
      } catch (error) {
        if (page === 1 || !isPastEnd(error)) throw error
        // Items were deleted during the iteration, and the last page with them.
        const read = report.items + report.duplicates
        report.complete = read >= (report.lastCount ?? 0)
        if (report.complete) state.resumeToken = undefined
        return
      }
      page += 1
      requested = undefined
      const { next, count } = body
      const results = deduplicate(body.results)
      report.pages += 1
      report.items += results.length
      report.duplicates += body.results.length - results.length
      report.lastCount = count ?? undefined
      if (report.pages === 1) report.firstCount = report.lastCount
      report.complete = next === null
      state.resumeToken = next === null ? undefined : formatResumeToken({ ...start, page })
      const isLast = next === null || report.pages >= (maxPages ?? Infinity)
      // It is awaited later; a failure before that is not unhandled.
      if (prefetch && !isLast) request().catch(() => {})
      yield { ...body, results }
      if (isLast) return
    }
  } finally {
    // A loop that stops early leaves no request behind.
    link.end()
  }
}

/**
 * Iterates from a position to the last page.
 *
 * `next` is only a has-more flag: its URL is never followed and page numbers are counted here.
 * `count` is not used to decide anything. Only `next: null`, or the API's own 404 for a page past
 * the end, ends an iteration.
 */
export function paginate<Page extends PageLike>(
  fetchPage: FetchPage<Page>,
  /** Called when a loop starts. */
  startAt: () => ResumePosition,
  signalOf: () => AbortSignal | undefined,
  options: PaginateOptions = {},
): PageList<Page> {
  checkOptions(options, paginateRules)
  let latest: IterationState = { report: createReport(), resumeToken: undefined }
  return {
    get report() {
      return latest.report
    },
    get resumeToken() {
      return latest.resumeToken
    },
    [Symbol.asyncIterator]() {
      const state: IterationState = { report: createReport(), resumeToken: undefined }
      latest = state
      const pages = iterate(fetchPage, startAt(), signalOf(), options, state)
      return Object.defineProperties(pages as PageIterator<Page>, {
        report: { get: () => state.report },
        resumeToken: { get: () => state.resumeToken },
      })
    },
  }
}
