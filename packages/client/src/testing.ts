import type { CallLog, CallLogPage } from '@cekura-kit/types'
import type { Fetch } from './settings.ts'

export interface MockFetchOptions {
  /** The set that is paged through, newest first or as you like. */
  calls?: readonly CallLog[] | undefined
  /** Page size when the request names none; default 20. */
  pageSize?: number | undefined
  /** Largest page; default none. */
  maxPageSize?: number | undefined
  /** What single requests get instead, by their number counted from 1: a status, an answer, or an error. */
  failures?: Readonly<Record<number, number | Response | Error>> | undefined
}

export interface MockFetch {
  fetch: Fetch
  /** Query of each request so far. The key is not kept. */
  requests: Record<string, string>[]
}

/** A call log with what the types require, and what you give. */
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

const answer = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/**
 * A `fetch` for unit tests: pages through an array as the service does, and fails where told.
 *
 * @example
 * const { fetch, requests } = createMockFetch({ calls: [createCallLog()], failures: { 1: 503 } })
 * const cekura = createClient({ apiKey: 'test', fetch })
 */
export function createMockFetch(options: MockFetchOptions = {}): MockFetch {
  const { calls = [], pageSize = 20, maxPageSize = Infinity, failures = {} } = options
  const requests: Record<string, string>[] = []

  const pageAt = (url: URL): CallLogPage | undefined => {
    const page = Number(url.searchParams.get('page') ?? 1)
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
    async fetch(address, init) {
      const url = new URL(address)
      init.signal?.throwIfAborted()
      requests.push(Object.fromEntries(url.searchParams))
      const failure = failures[requests.length]
      if (failure instanceof Error) throw failure
      if (failure instanceof Response) return failure.clone()
      if (failure !== undefined) return answer(failure, { detail: `Scripted ${failure}.` })
      const page = pageAt(url)
      return page ? answer(200, page) : answer(404, { detail: 'Invalid page.' })
    },
  }
}
