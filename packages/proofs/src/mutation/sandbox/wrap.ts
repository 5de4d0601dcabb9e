import type { Page, Row } from '../contract-internals.ts'
import { knownData } from '../contract-internals.ts'
import type { Ask, Handler, Reply, Wrapper } from './sandbox-target.ts'

const jsonHeaders = { 'content-type': 'application/json' }

export const json = (status: number, body: unknown): Reply => ({
  status,
  headers: jsonHeaders,
  body: JSON.stringify(body),
})

/** The same request with other parameters; undefined takes one away. */
export function withParameters(
  ask: Ask,
  change: { [name: string]: string | number | undefined },
): Ask {
  const url = new URL(ask.url)
  for (const [name, value] of Object.entries(change))
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, String(value))
  return { ...ask, url }
}

export const readPage = (reply: Reply): Page => JSON.parse(reply.body) as Page

/** Whether a request is one for a page that there is. */
const isPage = ({ status, headers }: Reply): boolean =>
  status === 200 && (headers['content-type'] ?? '').includes('json')

/** A fault in what is asked. */
export const onAsk = (change: (ask: Ask) => Ask): Wrapper => ({
  api: (base) => (ask) => base(change(ask)),
})

/** A fault in the pages that are answered. */
export const onPage = (change: (page: Page, ask: Ask, base: Handler) => unknown): Wrapper => ({
  api: (base) => async (ask) => {
    const reply = await base(ask)
    if (!isPage(reply)) return reply
    return { ...reply, body: JSON.stringify(await change(readPage(reply), ask, base)) }
  },
})

/** A fault in every row of the pages that are answered; the number is the row's place on its page. */
export const onRow = (change: (row: Row, at: number) => Row): Wrapper =>
  onPage((page) => ({ ...page, results: page.results.map(change) }))

/** A fault in any answer. */
export const onReply = (change: (reply: Reply, ask: Ask) => Reply): Wrapper => ({
  api: (base) => async (ask) => change(await base(ask), ask),
})

/** A parameter that filters nothing, and still stands in the links. */
export const ignoring = (name: string): Wrapper =>
  rewriting((ask) => withParameters(ask, { [name]: undefined }))

/** Another question is answered, under the links of the one that was asked. */
export const rewriting = (change: (ask: Ask) => Ask): Wrapper => ({
  api: (base) => async (ask) => {
    const reply = await base(change(ask))
    if (!isPage(reply)) return reply
    const page = readPage(reply)
    return { ...reply, body: JSON.stringify({ ...page, ...linksOf(ask, page) }) }
  },
})

/** The links of a page as they would be if everything asked for had been heard. */
function linksOf(ask: Ask, { next, previous }: Page): Pick<Page, 'next' | 'previous'> {
  const link = (to: string | null): string | null => {
    if (to === null) return null
    const url = new URL(ask.url)
    const page = new URL(to).searchParams.get('page')
    if (page === null) url.searchParams.delete('page')
    else url.searchParams.set('page', page)
    return url.href
  }
  return { next: link(next), previous: link(previous) }
}

export interface Slicing {
  rows: Row[]
  page: number
  size: number
}

/** Pages cut anew out of all rows that match. */
export const slicing = (
  cut: (slicing: Slicing) => Row[],
  sizeOf = (size: number) => Math.min(size, knownData.maxPageSize),
): Wrapper => ({
  api: (base) => async (ask) => {
    const { searchParams } = ask.url
    const asked = Number(searchParams.get('page_size') ?? Number.NaN)
    const size = sizeOf(Number.isInteger(asked) && asked > 0 ? asked : knownData.pageSize)
    const page = Number(searchParams.get('page') ?? 1)
    const first = await base(withParameters(ask, { page: 1, page_size: 50 }))
    if (!isPage(first) || !Number.isInteger(page) || page < 1) return base(ask)
    const rows = [...readPage(first).results]
    const { count } = readPage(first)
    for (let number = 2; rows.length < count; number++)
      rows.push(
        ...readPage(await base(withParameters(ask, { page: number, page_size: 50 }))).results,
      )
    if (page > 1 && (page - 1) * size >= count) return json(404, { detail: 'Invalid page.' })
    const link = (to: number): string =>
      withParameters(ask, { page: to === 1 ? undefined : to }).url.href
    return json(200, {
      count,
      next: page * size < count ? link(page + 1) : null,
      previous: page > 1 ? link(page - 1) : null,
      results: cut({ rows, page, size }),
    })
  },
})
