import { CekuraError } from '../errors/cekura-error.ts'
import type { Call } from '../transport/call.ts'
import { createDeduplicator } from './deduplicator.ts'

export interface PaginateOptions {
  /** Stop after this many pages; default: no limit, with an error after 10,000. */
  maxPages?: number | undefined
}

/** The part of an input that selects a page, and keeps the pages after it in place. */
export interface PagePosition {
  page: number
  page_size?: number | undefined
  timestamp_to?: Date | string | undefined
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
  /** Add it to the input of another list to continue after the last page; undefined at the end. */
  resumeFrom: PagePosition | undefined
}

/** Pages of a list. */
export interface PageList<Page> extends AsyncIterable<Page> {
  [Symbol.asyncIterator](): AsyncGenerator<Page, void, undefined>
  /** Of the latest loop. Each loop has its own. */
  readonly report: Readonly<PaginationReport>
}

/** The part of a page that pagination reads. */
export interface PageLike {
  count?: number | null | undefined
  next: string | null
  results: readonly object[]
}

/** Requests one page. `check` runs as a part of the call. */
export type FetchPage<Page> = (
  position: PagePosition,
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
  resumeFrom: undefined,
})

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
        throw call.createError(
          'invalid_response',
          'pagination_stuck',
          { page, next },
          next === undefined
            ? `Pagination does not advance: page ${page} repeats the page before it.`
            : `Pagination does not advance: next of page ${page} points to page ${next}.`,
        )
      if (maxPages === undefined && report.pages + 1 > maxUncheckedPages)
        throw call.createError(
          'invalid_response',
          'too_many_pages',
          { limit: maxUncheckedPages },
          `Pagination did not end after ${maxUncheckedPages} pages. Set maxPages to read more.`,
        )
    }
}

async function* iterate<Page extends PageLike>(
  fetchPage: FetchPage<Page>,
  start: PagePosition,
  maxPages: number | undefined,
  report: PaginationReport,
): AsyncGenerator<Page, void, undefined> {
  const deduplicate = createDeduplicator()
  const checkOf = createAdvanceCheck(report, maxPages)
  for (let { page } = start; ; page++) {
    let body: Page
    try {
      body = await fetchPage({ ...start, page }, checkOf(page))
    } catch (error) {
      if (page === 1 || !isPastEnd(error)) throw error
      // Items were deleted during the iteration, and the last page with them.
      report.complete = report.items + report.duplicates >= (report.lastCount ?? 0)
      if (report.complete) report.resumeFrom = undefined
      return
    }
    const { next, count } = body
    const results = deduplicate(body.results)
    report.pages += 1
    report.items += results.length
    report.duplicates += body.results.length - results.length
    report.lastCount = count ?? undefined
    if (report.pages === 1) report.firstCount = report.lastCount
    report.complete = next === null
    report.resumeFrom = next === null ? undefined : { ...start, page: page + 1 }
    yield { ...body, results }
    if (next === null || report.pages === maxPages) return
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
  startAt: () => PagePosition,
  maxPages: number | undefined,
): PageList<Page> {
  const pages = {
    report: createReport(),
    [Symbol.asyncIterator]() {
      pages.report = createReport()
      return iterate(fetchPage, startAt(), maxPages, pages.report)
    },
  }
  return pages
}
