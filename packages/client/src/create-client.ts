import createFetchClient, { createQuerySerializer, mergeHeaders, type Client } from 'openapi-fetch'
import {
  operationDescriptors,
  type CallLogPage,
  type CallLogsListQuery,
  type paths,
} from '@cekura-kit/types'
import { createCallLogs, type CallLogs, type ListOptions } from './call-logs.ts'
import { refuse } from './cekura-error.ts'
import { systemEffects, type Effects } from './effects.ts'
import { bodyOf } from './response-error.ts'
import { readSettings, type ClientOptions, type HeaderOptions } from './settings.ts'
import { createTransport, failure, type Exchange } from './transport.ts'

export interface CekuraClient {
  callLogs: CallLogs
  /**
   * The typed openapi-fetch client on the same transport: it returns `{ data, error, response }` for
   * every answer, and throws a {@link CekuraError} when there is none.
   */
  raw: Client<paths>
}

/** `more` over `base`; null removes. */
function withHeaders(
  base: Readonly<Record<string, string | null | undefined>>,
  more: HeaderOptions | undefined,
): Record<string, string> {
  try {
    return Object.fromEntries(mergeHeaders(base as HeaderOptions, more))
  } catch {
    refuse('headers', Object.keys(more!), 'valid ones')
  }
}

/** The answer for openapi-fetch, whose body was read already; an empty one is none. */
function toResponse({ response, text, error }: Exchange): Response {
  if (!response) throw error
  return new Response(text || null, response)
}

/** {@link createClient} with a clock, randomness and waits of the caller's. */
export function createClientWith(
  options: ClientOptions = {},
  effects: Effects = systemEffects,
): CekuraClient {
  const settings = readSettings(options)
  const { baseUrl, middleware, userAgent } = settings
  const headers = withHeaders(
    { accept: 'application/json', 'user-agent': userAgent },
    settings.headers,
  )
  const transport = createTransport(settings, effects)
  const serialize = createQuerySerializer()
  const path = operationDescriptors['callLogs.list'].path

  const raw = createFetchClient<paths>({
    baseUrl,
    headers,
    fetch: async (request) =>
      toResponse(await transport(request, Object.fromEntries(request.headers), request)),
  })

  async function fetchPage(
    wire: () => CallLogsListQuery,
    options: ListOptions,
  ): Promise<CallLogPage> {
    const query = { ...options.extraQuery, ...wire() }
    let answer: Exchange = {}
    if (middleware) {
      const { response, data } = await raw.GET(path, {
        params: { query },
        parseAs: 'text',
        headers: options.headers as never,
        fetch: async (request) =>
          toResponse(
            (answer = await transport(request, Object.fromEntries(request.headers), options)),
          ),
      })
      answer = { ...answer, response, text: data }
    } else {
      // What `raw.GET` comes to without middleware, and without its `Request`s and `Response`.
      answer = await transport(
        { url: `${baseUrl}${path}?${serialize(query)}`, method: 'GET' },
        options.headers ? withHeaders(headers, options.headers) : headers,
        options,
      )
    }
    const { response, text, error, facts = { method: 'GET', path } } = answer
    if (error && !response?.ok) throw error
    const page = bodyOf(text!) as CallLogPage
    const { results, next } = Object(page) as Partial<CallLogPage>
    if (
      // JSON has nothing but arrays with an `every`.
      !results?.every?.((call) => Object(call) === call) ||
      (next !== null && typeof next !== 'string')
    )
      throw failure(facts, 'invalid_response', 'the answer is no page; check baseUrl')
    const judged = options.validate && (await options.validate['~standard'].validate(page))
    if (judged?.issues)
      throw failure(facts, 'invalid_response', 'the answer fails validate', {
        cause: judged.issues,
      })
    return page
  }

  if (middleware) raw.use(...middleware)
  return { raw, callLogs: createCallLogs(fetchPage, effects) }
}

/**
 * A client of the Cekura API.
 *
 * @throws {CekuraError} with code `usage` when an option cannot be used
 * @example
 * const cekura = createClient() // CEKURA_API_KEY, CEKURA_API_URL
 * const page = await cekura.callLogs.list({ agent_id: 2142, page_size: 100 })
 */
export const createClient = (options?: ClientOptions): CekuraClient => createClientWith(options)
