import { knownData, type Page, type Row } from '../contract-internals.ts'
import type { Fault, Request, Response } from './faulty-sandbox.ts'

/** A fault in requests, in place. */
export const onRequest = (change: (request: Request) => unknown): Fault => ({ request: change })

/** A fault in responses of one status, or of any. */
export const onResponse = (
  change: (response: Response, request: Request) => unknown,
  status?: number,
): Fault => ({
  response: (response, request) =>
    (status ?? response.status) === response.status ? change(response, request) : undefined,
})

export function setBody(response: Response, status: number, body: unknown): void {
  response.status = status
  response.headers = { 'content-type': 'application/json' }
  response.body = JSON.stringify(body)
}

/** Responses of one status get another body. */
export const body = (status: number, content: unknown): Fault =>
  onResponse((response) => setBody(response, status, content), status)

const isPage = ({ status, headers }: Response): boolean =>
  status === 200 && (headers['content-type'] ?? '').includes('json')

export const readPage = ({ body }: Response): Page => JSON.parse(body) as Page

/** A fault in pages, in place unless it returns a replacement. */
export const onPage = (
  change: (page: Page, query: URLSearchParams, request: Request) => unknown,
): Fault => ({
  response(response, request) {
    if (!isPage(response)) return
    const page = readPage(response)
    const replaced = change(page, request.url.searchParams, request)
    response.body = JSON.stringify(typeof replaced === 'object' ? replaced : page)
  },
})

/** A fault in every row of a page, in place. */
export const onRow = (change: (row: Row, index: number) => unknown): Fault =>
  onPage((page) => void page.results.forEach(change))

/** A fault in one of the links of a page, where it has one. */
export const onLink = (change: (url: URL) => unknown, which: 'next' | 'previous' = 'next'): Fault =>
  onPage((page) => {
    const url = page[which] && new URL(page[which])
    if (!url) return
    const replaced = change(url)
    page[which] = typeof replaced === 'string' ? replaced : url.href
  })

/** The page number goes to the link, everything else is what the caller sent. */
function relink(link: string | null, request: Request): string | null {
  if (link === null) return null
  const url = new URL(request.url)
  setParameters(url.searchParams, { page: new URL(link).searchParams.get('page') })
  return url.href
}

/** A fault in the query: another query is answered, under the links of the one that was sent. */
export const onQuery = (change: (query: URLSearchParams) => unknown): Fault => ({
  request: ({ url }) => change(url.searchParams),
  ...onPage((page, _, request) => {
    page.next = relink(page.next, request)
    page.previous = relink(page.previous, request)
  }),
})

/** Sets parameters; null removes one. */
export function setParameters(
  query: URLSearchParams,
  values: { [name: string]: string | number | null },
): void {
  for (const [name, value] of Object.entries(values))
    if (value === null) query.delete(name)
    else query.set(name, String(value))
}

/** A parameter with a matching value gets another value; null removes it. */
export const replaceValue = (name: string, pattern: RegExp, by: string | null): Fault =>
  onQuery((query) => {
    const value = query.get(name)
    if (value !== null && pattern.test(value)) setParameters(query, { [name]: by })
  })

/** The request with other parameters; null removes one. */
export function withParameters(
  request: Request,
  values: { [name: string]: string | number | null },
): Request {
  const url = new URL(request.url)
  setParameters(url.searchParams, values)
  return { ...request, url }
}

export interface Slice {
  /** All matching rows. */
  rows: Row[]
  page: number
  size: number
}

/** Other rows on a page, under the links and the count of the right ones. */
export const onSlice = (cut: (slice: Slice) => Row[]): Fault => ({
  async response(response, request, send) {
    if (!isPage(response)) return
    const { searchParams: query } = request.url
    const right = readPage(response)
    const rows: Row[] = []
    for (let page = 1; rows.length < right.count; page++)
      rows.push(...readPage(await send(withParameters(request, { page, page_size: 50 }))).results)
    const size = Number(query.get('page_size')) || knownData.pageSize
    const results = cut({ rows, page: Number(query.get('page') ?? 1), size })
    response.body = JSON.stringify({ ...right, results })
  },
})

/** Rows of a page, moved by `shift`. */
export function slice({ rows, page, size }: Slice, shift = 0): Row[] {
  const start = (page - 1) * Math.min(size, knownData.maxPageSize) + shift
  return rows.slice(Math.max(0, start), Math.max(0, start + Math.min(size, knownData.maxPageSize)))
}
