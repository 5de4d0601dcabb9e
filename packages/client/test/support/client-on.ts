import {
  createClient,
  type CallLog,
  type CallLogPage,
  type ClientOptions,
} from '@cekura-kit/client'
import { createCallLog, type MockFetch } from '@cekura-kit/client/testing'

/** So many call logs with the ids 0, 1, 2 … */
export const callLogs = (count: number): CallLog[] =>
  Array.from({ length: count }, (_, id) => createCallLog({ id }))

export const idsOf = (calls: readonly { id: number }[]): number[] => calls.map(({ id }) => id)

export const pageOf = (ids: number[], next: string | null): CallLogPage => ({
  count: ids.length,
  next,
  previous: null,
  results: ids.map((id) => createCallLog({ id })),
})

/** A client on a given `fetch` that sends each request once. */
export const createClientOn = (fetch: MockFetch['fetch'], options: ClientOptions = {}) =>
  createClient({ apiKey: 'key-for-tests', fetch, maxRetries: 0, ...options })

/** A `fetch` that returns these bodies as JSON, one per request, then repeats the last one. */
export function createFetchOf(...bodies: unknown[]) {
  const urls: string[] = []
  const fetch = async (url: string): Promise<Response> => {
    urls.push(url)
    const body = bodies[Math.min(urls.length, bodies.length) - 1]
    return body instanceof Response ? body.clone() : Response.json(body)
  }
  return { fetch, urls }
}

/** A `fetch` without a network. */
export const failingFetch = (): Promise<never> => Promise.reject(new TypeError('fetch failed'))

/** A `fetch` that ignores its signal and gets no response. */
export const pendingFetch = (): Promise<never> => new Promise(() => {})
