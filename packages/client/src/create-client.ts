import { operationPaths, type CallLog, type CallLogPage, type paths } from '@cekura-kit/types'
import createFetchClient, {
  createFinalURL,
  createQuerySerializer,
  defaultPathSerializer,
  mergeHeaders,
  type Client,
} from 'openapi-fetch'
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

  const path = operationPaths.listCallLogs
  const querySerializer = createQuerySerializer()

  // What `raw.GET` comes to without middleware, and without its `Request`: a third of a call's cost.
  const exchangePlainly = (query: object, options: RequestOptions): Promise<Exchange> =>
    transport(
      {
        url: createFinalURL(path, {
          baseUrl: settings.baseUrl,
          params: { query: query as never },
          querySerializer,
          pathSerializer: defaultPathSerializer,
        }),
        method: 'GET',
        headers: mergeHeaders(settings.headers, options.headers),
      },
      options,
    )

  async function exchangeThroughMiddleware(
    query: object,
    options: RequestOptions,
  ): Promise<Exchange> {
    let exchange: Exchange | undefined
    await raw.GET(path, {
      params: { query: query as never },
      // The body was read once already, by the transport; openapi-fetch must not read it again.
      parseAs: 'stream',
      ...(options.headers && { headers: options.headers }),
      fetch: async (request: Request) => {
        exchange = await send(request, options)
        if (exchange.error) throw exchange.error
        return exchange.response
      },
    })
    if (exchange) return exchange
    throw usageError(
      'Cannot list call logs: a middleware answered in place of the service; use client.raw for that',
    )
  }
  const exchangePage = middleware.length === 0 ? exchangePlainly : exchangeThroughMiddleware

  async function fetchPage(query: object, options: RequestOptions): Promise<CallLogPage> {
    const exchange = await exchangePage(query, options)
    if (exchange.error) throw exchange.error
    return parsePage(exchange, path)
  }

  return { raw, callLogs: createCallLogs(fetchPage, effects) }
}
