import { operationPaths, type CallLog, type CallLogPage, type paths } from '@cekura-kit/types'
import createFetchClient, { type Client } from 'openapi-fetch'
import { createCallLogs, type CallLogs } from './call-logs.ts'
import { CekuraError, usageError } from './cekura-error.ts'
import { systemEffects, type Effects } from './effects.ts'
import { readSettings, type ClientOptions, type RequestOptions } from './settings.ts'
import { createTransport, type Exchange } from './transport.ts'

export interface CekuraClient {
  callLogs: CallLogs
  /**
   * The typed openapi-fetch client on the same transport: it returns `{ data, error, response }` for
   * every answer, and throws a {@link CekuraError} when there is none.
   */
  raw: Client<paths>
}

/** What openapi-fetch makes of a call, without the cost of a `Request` that nobody sends. */
class PlainRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly signal: AbortSignal | undefined

  constructor(url: string, init: { method: string; headers: Headers; signal?: AbortSignal }) {
    this.url = url
    this.method = init.method
    this.headers = init.headers
    this.signal = init.signal
  }
}

/** An answer whose body was read, for readers that want to read it. */
function toResponse({ response, text, error }: Exchange): Response {
  const { status, statusText } = response
  if (error && status < 200) throw error
  const headers = new Headers(response.headers)
  // They speak of the body as it was sent.
  headers.delete('content-encoding')
  headers.delete('content-length')
  const isEmpty = status === 204 || status === 205 || status === 304
  return new Response(isEmpty ? null : text, { status, statusText, headers })
}

const isPage = (body: unknown): body is CallLogPage => {
  if (typeof body !== 'object' || body === null) return false
  const { results, next } = body as Partial<CallLogPage>
  return (
    Array.isArray(results) &&
    results.every((call: CallLog | null) => typeof call === 'object' && call !== null) &&
    (next === null || typeof next === 'string')
  )
}

function parsePage({ response, text }: Exchange, path: string): CallLogPage {
  let body: unknown
  let cause: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    // The parser quotes the text, which can hold personal data.
    cause = error instanceof SyntaxError ? undefined : error
  }
  if (isPage(body)) return body
  throw new CekuraError(
    `Cannot GET ${path}: the answer is ${body === undefined ? 'not JSON' : 'no page of call logs'}; check that the base URL is the API's`,
    {
      code: 'invalid_response',
      status: response.status,
      requestId: response.headers.get('x-request-id') ?? undefined,
      method: 'GET',
      path,
      cause,
    },
  )
}

/**
 * A client of the Cekura API.
 *
 * @throws {CekuraError} with code `usage` when an option cannot be used
 * @example
 * const cekura = createClient() // CEKURA_API_KEY, CEKURA_API_URL
 * const page = await cekura.callLogs.list({ agent_id: 2142, page_size: 100 })
 */
export function createClient(options: ClientOptions = {}): CekuraClient {
  return createClientWith(options, systemEffects)
}

/** {@link createClient} with a clock, randomness and waits of the caller's. */
export function createClientWith(options: ClientOptions, effects: Effects): CekuraClient {
  const settings = readSettings(options)
  const transport = createTransport(settings, effects)
  const middleware = options.middleware ?? []

  const send = (request: Request, options: RequestOptions): Promise<Exchange> => {
    if (!request.url.startsWith(`${settings.baseUrl}/`))
      throw usageError(
        'Cannot send the request: a middleware has moved it away from the base URL, and the key must not follow; keep the origin',
      )
    return transport(request, options)
  }
  const raw = createFetchClient<paths>({
    baseUrl: settings.baseUrl,
    headers: settings.headers,
    fetch: async (request) => toResponse(await send(request, { signal: request.signal })),
  })
  if (middleware.length > 0) raw.use(...middleware)

  async function fetchPage(query: object, options: RequestOptions): Promise<CallLogPage> {
    const path = operationPaths.listCallLogs
    let exchange: Exchange | undefined
    await raw.GET(path, {
      params: { query: query as never },
      // The body was read once already, by the transport; openapi-fetch must not read it again.
      parseAs: 'stream',
      ...(options.headers && { headers: options.headers }),
      ...(middleware.length === 0 && { Request: PlainRequest as unknown as typeof Request }),
      fetch: async (request: Request) => {
        exchange = await send(request, options)
        if (exchange.error) throw exchange.error
        return exchange.response
      },
    })
    if (!exchange)
      throw usageError(
        'Cannot list call logs: a middleware answered in place of the service; use client.raw for that',
      )
    return parsePage(exchange, path)
  }

  return { raw, callLogs: createCallLogs(fetchPage, effects) }
}
