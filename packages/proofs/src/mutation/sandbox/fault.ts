import { operationDescriptors, type CallLogsListInput } from '@cekura-kit/types'
import { knownData, type Page, type Row } from '../contract-internals.ts'

/** The only key that the API accepts. */
export const validKey = 'contract-key'

export interface Request {
  method: string
  url: URL
  key: string | undefined
  /** Empty without one. */
  body: string
  readonly headers: { readonly [name: string]: string | string[] | undefined }
}

export interface Response {
  status: number
  headers: { [name: string]: string }
  body: string
}

export type Send = (request: Request) => Promise<Response>

/** What makes the sandbox wrong: each function changes its first argument in place. */
export interface Fault {
  /** Before the sandbox sees a request. */
  request?(request: Request): unknown
  /** Before the caller sees a response; `request` is what the caller sent. */
  response?(response: Response, request: Request, send: Send): unknown
  /** The body to post to the control port; `null` posts nothing and reports success. */
  control?(path: string, body: unknown): unknown
}

export interface Faults {
  [name: string]: Fault
}

/** Parameters by name; undefined removes one. */
export type Query = {
  [name in keyof CallLogsListInput | 'api_key' | 'pagesize']?: string | undefined
}

export const readQuery = ({ searchParams }: URL): Query => Object.fromEntries(searchParams)
export const readPage = ({ body }: Response): Page => JSON.parse(body) as Page

export function withQuery(url: URL, query: Query): URL {
  const changed = new URL(url)
  const sent = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  changed.search = String(new URLSearchParams(sent))
  return changed
}

export function setBody(response: Response, status: number, body: unknown): void {
  const headers = { 'content-type': 'application/json' }
  Object.assign(response, { status, headers, body: JSON.stringify(body) })
}

/** In responses of one status, or of any. */
export const onResponse = (
  change: (response: Response, query: Query, request: Request) => unknown,
  status?: number,
): Fault => ({
  response: (response, request) =>
    (status ?? response.status) === response.status
      ? change(response, readQuery(request.url), request)
      : undefined,
})

export const isList = ({ url }: Request): boolean =>
  url.pathname === operationDescriptors['callLogs.list'].path

/** In pages of calls, in place unless it returns a replacement. */
export const onPage = (change: (page: Page, query: Query, url: URL) => unknown): Fault =>
  onResponse((response, query, request) => {
    const { url } = request
    if (!isList(request) || !response.headers['content-type']?.includes('json')) return
    const page = readPage(response)
    const replaced = change(page, query, url)
    response.body = JSON.stringify(typeof replaced === 'object' ? replaced : page)
  }, 200)

/** In each row of a page, in place. */
export const onRow = (change: (row: Row, index: number) => unknown): Fault =>
  onPage((page) => void page.results.forEach(change))

/** In the query: the sandbox answers another one, under the links of the one that was sent. */
export const onQuery = (change: (query: Query) => unknown): Fault => ({
  request(request) {
    if (!isList(request)) return
    const query = readQuery(request.url)
    const before = JSON.stringify(query)
    change(query)
    if (JSON.stringify(query) !== before) request.url = withQuery(request.url, query)
  },
  ...onPage((page, query, url) => {
    for (const which of ['next', 'previous'] as const)
      if (page[which] !== null)
        page[which] = withQuery(url, { ...query, page: readQuery(new URL(page[which])).page }).href
  }),
})

/** In a parameter whose value matches: it gets another value, or none. */
export const onValue = (name: keyof Query, pattern: RegExp, by?: string): Fault =>
  onQuery((query) => pattern.test(query[name] ?? 'missing!') && (query[name] = by))

/** In one of the links of a page, where it has one: returns another link. */
export const onLink = (
  change: (url: URL, query: Query) => string | Query,
  which: 'next' | 'previous' = 'next',
): Fault =>
  onPage((page) => {
    if (page[which] === null) return
    const url = new URL(page[which])
    const replaced = change(url, readQuery(url))
    page[which] = typeof replaced === 'string' ? replaced : withQuery(url, replaced).href
  })

/** In the choice of rows: other ones out of all that match, under the right links and count. */
export const onRows = (
  choose: (all: Row[], start: number, end: number, page: number) => Row[],
): Fault => ({
  async response(response, request, send) {
    if (response.status !== 200 || !isList(request)) return
    const query = readQuery(request.url)
    const right = readPage(response)
    const all: Row[] = []
    for (let page = 1; all.length < right.count; page++) {
      const url = withQuery(request.url, { ...query, page: `${page}`, page_size: '50' })
      all.push(...readPage(await send({ ...request, url })).results)
    }
    const page = Number(query.page ?? 1)
    const requested = Number(query.page_size) > 0 ? Number(query.page_size) : knownData.pageSize
    const size = Math.min(requested, knownData.maxPageSize)
    const results = choose(all, (page - 1) * size, page * size, page)
    response.body = JSON.stringify({ ...right, results })
  },
})
