import { operationDescriptors, type paths } from '@cekura-kit/types'
import createFetchClient, { type Client, type Middleware } from 'openapi-fetch'
import { throwUsageError } from './errors/usage-error.ts'
import { serializePath } from './input/serialize-path.ts'
import type { Settings } from './settings/client-options.ts'
import type { WireResponse } from './transport/attempt.ts'
import type { Transport, TransportRequest } from './transport/transport.ts'

/** Statuses whose response must have no body. */
const nullBodyStatuses = new Set([101, 103, 204, 205, 304])
const isConstructible = (status: number): boolean => status >= 200 && status <= 599

/** A `Response` for openapi-fetch; statuses that its constructor rejects are kept. */
function toFetchResponse({ status, statusText, url, headers, bytes }: WireResponse): Response {
  const body = nullBodyStatuses.has(status) ? null : (bytes as Uint8Array<ArrayBuffer>)
  const safeHeaders = new Headers()
  headers.forEach((value, name) => safeHeaders.append(name, value))
  const response = new Response(body, {
    status: isConstructible(status) ? status : 599,
    headers: safeHeaders,
  })
  return Object.defineProperties(response, {
    url: { value: url },
    statusText: { value: statusText },
    ...(isConstructible(status) ? {} : { status: { value: status } }),
  })
}

/** The template of a path, so that no value in it reaches hooks and errors. */
function templateOf(path: string): string {
  const templates = Object.values(operationDescriptors).map((descriptor): string => descriptor.path)
  const segments = path.split('/')
  const isMatch = (template: string): boolean => {
    const parts = template.split('/')
    return (
      parts.length === segments.length &&
      parts.every((part, index) => part.startsWith('{') || part === segments[index])
    )
  }
  return templates.includes(path) ? path : (templates.find(isMatch) ?? path)
}

/** A `Request` that knows whether its body was a stream, which cannot be sent twice. */
const createRequestClass = () =>
  class ReplayableRequest extends Request {
    readonly isStreamed: boolean
    /** Middleware returns ordinary requests, and openapi-fetch asks this class what is one. */
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Request
    }
    constructor(input: ConstructorParameters<typeof Request>[0], init?: RequestInit) {
      const isStreamed =
        init?.body instanceof ReadableStream ||
        (input as { isStreamed?: boolean }).isStreamed === true
      super(input, isStreamed ? ({ ...init, duplex: 'half' } as RequestInit) : init)
      this.isStreamed = isStreamed
    }
  }

async function toTransportRequest(request: Request, baseUrl: string): Promise<TransportRequest> {
  const { url, method, headers } = request
  // Middleware can have changed the URL; the key is for the configured host only.
  if (!url.startsWith(`${baseUrl}/`))
    throwUsageError(`Cannot send a request to another URL than ${baseUrl}.`, 'foreign_url', {
      baseUrl,
    })
  const isStreamed = (request as { isStreamed?: boolean }).isStreamed === true
  const body =
    request.body === null
      ? undefined
      : isStreamed
        ? (request.body as ReadableStream<Uint8Array>)
        : await request.arrayBuffer()
  const [path = ''] = url.slice(baseUrl.length).split('?')
  return {
    method,
    url,
    path: templateOf(path),
    headers: Object.fromEntries(headers),
    ...(body !== undefined && (isStreamed || (body as ArrayBuffer).byteLength > 0) && { body }),
    canReplay: !isStreamed,
  }
}

/** openapi-fetch on the transport of a client. */
export function createRawClient(settings: Settings, transport: Transport): Client<paths> {
  const client = createFetchClient<paths>({
    baseUrl: settings.baseUrl,
    headers: { accept: 'application/json', ...settings.headers },
    ...(typeof Request !== 'undefined' && { Request: createRequestClass() as typeof Request }),
    fetch: async (request) => {
      const { signal } = request
      const wire = await toTransportRequest(request, settings.baseUrl)
      return transport(wire, { signal }, toFetchResponse, true)
    },
  })
  const checkPath: Middleware = {
    onRequest({ schemaPath, params }) {
      serializePath(schemaPath, params.path ?? {})
    },
  }
  client.use(checkPath, ...settings.middleware)
  return client
}
