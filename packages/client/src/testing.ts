import type { CallLog, CallLogPage } from '@cekura-kit/types'
import type { Fetch } from './transport/fetch.ts'

export interface MockFetchOptions {
  /** Call logs to return, in the order of the list. */
  calls?: readonly CallLog[] | undefined
  /** Page size for a request without `page_size`; default 20. */
  pageSize?: number | undefined
  /** Maximum page size; default none. */
  maxPageSize?: number | undefined
  /** Results of single requests, by their number starting at 1: a status, a `Response` or an `Error`. */
  failures?: Readonly<Record<number, number | Response | Error>> | undefined
}

export interface MockFetch {
  fetch: Fetch
  /** Query of each request so far, without the key. */
  requests: Record<string, string>[]
}

/** A call log with the required properties and the given ones. */
export function createCallLog(given: Partial<CallLog> = {}): CallLog {
  const id = given.id ?? 1
  return {
    id,
    call_id: `call_${id}`,
    timestamp: '2025-01-15T09:30:00Z',
    status: 'success',
    metrics: [],
    ...given,
  }
}

const respond = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/**
 * A `fetch` for unit tests: returns pages of an array as the API does, and the given failures.
 *
 * @example
 * const { fetch, requests } = createMockFetch({ calls: [createCallLog()], failures: { 1: 503 } })
 * const cekura = createClient({ apiKey: 'test', fetch })
 */
export function createMockFetch(options: MockFetchOptions = {}): MockFetch {
  const { calls = [], pageSize = 20, maxPageSize = Infinity, failures = {} } = options
  const requests: Record<string, string>[] = []

  const pageAt = (url: URL): CallLogPage | undefined => {
    const page = Number(url.searchParams.getAll('page').at(-1) ?? 1)
    const size = Math.min(Number(url.searchParams.get('page_size') ?? pageSize), maxPageSize)
    const pages = Math.max(1, Math.ceil(calls.length / size))
    if (page > pages) return undefined
    const link = (number: number): string => {
      const to = new URL(url)
      to.searchParams.set('page', String(number))
      return to.href
    }
    return {
      count: calls.length,
      next: page < pages ? link(page + 1) : null,
      previous: page > 1 ? link(page - 1) : null,
      results: calls.slice((page - 1) * size, page * size),
    }
  }

  return {
    requests,
    async fetch(text, init) {
      const url = new URL(text)
      init.signal?.throwIfAborted()
      requests.push(Object.fromEntries(url.searchParams))
      const failure = failures[requests.length]
      if (failure instanceof Error) throw failure
      if (failure instanceof Response) return failure.clone()
      if (failure !== undefined) return respond(failure, { detail: `Scripted ${failure}.` })
      const page = pageAt(url)
      return page ? respond(200, page) : respond(404, { detail: 'Invalid page.' })
    },
  }
}
