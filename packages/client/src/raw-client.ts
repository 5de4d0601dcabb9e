import type { paths } from '@cekura-kit/types'
import createFetchClient, { defaultBodySerializer } from 'openapi-fetch'
import type { Client } from 'openapi-fetch' with { 'resolution-mode': 'import' }
import { createUsageError } from './errors/usage-error.ts'
import { createPathSerializer } from './input/serialize-path.ts'
import { createInvalidResponse } from './read-result.ts'
import type { Settings } from './settings/client-options.ts'
import type { Call } from './transport/call.ts'
import { isStream, type WireResponse } from './transport/exchange.ts'
import type { Transport, TransportRequest } from './transport/transport.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const

/** Statuses whose response must have no body. */
const nullBodyStatuses = new Set([101, 103, 204, 205, 304])

/** A `Response` for openapi-fetch; statuses that its constructor rejects are kept. */
function toFetchResponse(
  { status, statusText, headers, bytes }: WireResponse,
  url: string,
): Response {
  const body = nullBodyStatuses.has(status) ? null : (bytes as Uint8Array<ArrayBuffer>)
  const safeHeaders = new Headers()
  headers.forEach((value, name) => safeHeaders.append(name, value))
  const isConstructible = status >= 200 && status <= 599
  const response = new Response(body, {
    status: isConstructible ? status : 599,
    headers: safeHeaders,
  })
  return Object.defineProperties(response, {
    url: { value: url },
    status: { value: status },
    statusText: { value: statusText },
  })
}

/** The part of the options of a request that is read here; the caller's are typed by its path. */
interface RawInit {
  params?: { path?: Readonly<Record<string, unknown>> }
  bodySerializer?: (body: unknown, headers: unknown) => unknown
}

/** What `fetch` gets for a request of openapi-fetch, after its middleware. */
async function toTransportRequest(
  request: Request,
  path: string,
  baseUrl: string,
  isStreamed: boolean,
): Promise<TransportRequest> {
  const { url, method, headers } = request
  // Middleware can have changed the URL; the key is for the configured host only.
  if (!url.startsWith(`${baseUrl}/`))
    throw createUsageError(
      'foreign_url',
      { baseUrl },
      `Cannot send a request to another URL than ${baseUrl}.`,
    )
  const body = request.body && (isStreamed ? request.body : await request.arrayBuffer())
  return {
    method,
    url,
    path,
    headers: Object.fromEntries(headers),
    body: body instanceof ArrayBuffer && body.byteLength === 0 ? undefined : (body ?? undefined),
    canReplay: !isStreamed,
  }
}

/** openapi-fetch on the transport of a client. */
export function createRawClient(settings: Settings, transport: Transport): Client<paths> {
  const { baseUrl } = settings
  const client = createFetchClient<paths>({
    baseUrl,
    headers: { accept: 'application/json, */*;q=0.1', ...settings.headers },
  })

  client.use(...settings.middleware)

  async function send(method: string, path: string, init: RawInit = {}): Promise<unknown> {
    // openapi-fetch would send a placeholder without a value.
    createPathSerializer(path)(init.params?.path ?? {})
    const { bodySerializer = defaultBodySerializer } = init
    let isStreamed = false
    let call: Call | undefined
    try {
      return await client.request(
        method as never,
        path as never,
        {
          ...init,
          // Needed to send a stream, and without effect on other bodies.
          duplex: 'half',
          bodySerializer(body: unknown, headers: unknown) {
            const serialized = bodySerializer(body, headers)
            // A stream cannot be sent twice.
            isStreamed = isStream(serialized)
            return serialized
          },
          async fetch(request: Request) {
            const { signal } = request
            const wire = await toTransportRequest(request, path, baseUrl, isStreamed)
            return transport(
              wire,
              { signal },
              (response, responded) => {
                call = responded
                return toFetchResponse(response, wire.url)
              },
              true,
            )
          },
        } as never,
      )
    } catch (thrown) {
      // openapi-fetch parses the body after the transport has returned it.
      if (call && thrown instanceof SyntaxError)
        throw call.fail(createInvalidResponse('not_json', call, thrown))
      throw thrown
    }
  }

  const byMethod = methods.map((method) => [
    method,
    (path: string, init?: RawInit) => send(method, path, init),
  ])
  return { ...client, ...Object.fromEntries(byMethod), request: send }
}
