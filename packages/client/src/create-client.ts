import {
  apiKeyHeader,
  operationPaths,
  type CallLog,
  type CallLogPage,
  type ListCallLogsQuery,
  type paths,
} from '@cekura-kit/types'
import createFetchClient, { type Client } from 'openapi-fetch'
import { CekuraError } from './cekura-error.ts'
import { responseError } from './response-error.ts'
import { readSettings, type ClientOptions, type Settings } from './settings.ts'

export interface RequestOptions {
  /** Ends the call with code `aborted`. */
  signal?: AbortSignal | undefined
}

/** Awaited, the page asked for; iterated, every call log from that page on. */
export interface CallLogList extends PromiseLike<CallLogPage>, AsyncIterable<CallLog> {
  /** Page after page from the one asked for. */
  pages(): AsyncIterable<CallLogPage>
}

export interface CekuraClient {
  callLogs: {
    /**
     * One agent's call logs.
     *
     * @throws {CekuraError} when the call is refused, fails, or answers something that is no page
     * @see operation `listCallLogs`
     * @example
     * for await (const call of cekura.callLogs.list({ agent_id: 2142 })) console.log(call.id)
     */
    list(query: ListCallLogsQuery, options?: RequestOptions): CallLogList
  }
  /** The typed openapi-fetch client on the same transport. */
  raw: Client<paths>
}

const isPage = (body: unknown): body is CallLogPage =>
  typeof body === 'object' && body !== null && 'results' in body && Array.isArray(body.results)

/** openapi-fetch hands over a `Request`; a plain call is what every `fetch` understands. */
function createTransport(settings: Settings): (request: Request) => Promise<Response> {
  return async ({ url, method, headers, signal }) =>
    settings.fetch(url, {
      method,
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(settings.timeout)]),
      // A redirect would carry the key to wherever the answer points.
      redirect: 'manual',
    })
}

function failure(error: unknown, path: string, options: RequestOptions): CekuraError {
  if (CekuraError.is(error)) return error
  const init = { method: 'GET', path, cause: error }
  if (options.signal?.aborted)
    return new CekuraError(`Cannot GET ${path}: the call was aborted`, { code: 'aborted', ...init })
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError')
    return new CekuraError(`Cannot GET ${path}: no whole answer within the timeout`, {
      code: 'timeout',
      ...init,
    })
  if (name === 'SyntaxError')
    return new CekuraError(`Cannot GET ${path}: the answer is not JSON`, {
      code: 'invalid_response',
      ...init,
    })
  return new CekuraError(`Cannot GET ${path}: the service cannot be reached`, {
    code: 'connection',
    ...init,
  })
}

/**
 * A client of the Cekura API.
 *
 * @throws {CekuraError} with code `usage` when the key or the base URL cannot be used
 * @example
 * const cekura = createClient() // CEKURA_API_KEY, CEKURA_API_URL
 * const page = await cekura.callLogs.list({ agent_id: 2142, page_size: 100 })
 */
export function createClient(options: ClientOptions = {}): CekuraClient {
  const settings = readSettings(options)
  const raw = createFetchClient<paths>({
    baseUrl: settings.baseUrl,
    fetch: createTransport(settings),
    headers: { [apiKeyHeader]: settings.apiKey, accept: 'application/json' },
  })

  async function fetchPage(
    query: ListCallLogsQuery,
    options: RequestOptions,
  ): Promise<CallLogPage> {
    const path = operationPaths.listCallLogs
    const { data, error, response } = await raw
      .GET(path, { params: { query }, ...(options.signal && { signal: options.signal }) })
      .catch((cause: unknown) => {
        throw failure(cause, path, options)
      })
    if (response.status !== 200) throw responseError(response, error ?? data, 'GET', path)
    if (!isPage(data))
      throw new CekuraError(`Cannot GET ${path}: the answer is no page of call logs`, {
        code: 'invalid_response',
        status: response.status,
        method: 'GET',
        path,
      })
    return data
  }

  async function* pages(
    query: ListCallLogsQuery,
    options: RequestOptions,
  ): AsyncGenerator<CallLogPage, void, undefined> {
    for (let page = query.page ?? 1; ; page++) {
      const body = await fetchPage({ ...query, page }, options)
      yield body
      // `next` says that more follows; where, we know ourselves.
      if (body.next === null) return
    }
  }

  return {
    raw,
    callLogs: {
      list(query, options = {}) {
        return {
          // oxlint-disable-next-line unicorn/no-thenable -- awaiting a list is its documented use
          then: (onPage, onError) => fetchPage(query, options).then(onPage, onError),
          pages: () => pages(query, options),
          async *[Symbol.asyncIterator]() {
            for await (const { results } of pages(query, options)) yield* results
          },
        }
      },
    },
  }
}
