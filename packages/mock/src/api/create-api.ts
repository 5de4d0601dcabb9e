import { listOperations, type Operation, type SpecDocument } from '@cekura-kit/spec/document'
import { createOperationRouter, type Route } from './operation-router.ts'
import {
  headerOf,
  isJsonType,
  jsonResponse,
  emptyBody,
  type HttpRequest,
  type MockResponse,
} from './response.ts'

/** A request for an operation of the document. */
export interface OperationRequest extends HttpRequest {
  operation: Operation
  document: SpecDocument
  /** Without the prefix of the public URL. */
  pathname: string
  /** Path parameters, decoded. */
  path: { [name: string]: string }
  /** The last value of each name; all values of an array. */
  query: URLSearchParams
  /** The parsed JSON body, undefined without one. */
  json: unknown
}

export interface ApiOptions {
  document: SpecDocument
  /** Response for a path without its trailing slash. */
  withoutSlash(): 404 | 301
  /** Path of the public URL, without a trailing slash. */
  prefix: string
  respond(request: OperationRequest): Promise<MockResponse>
}

const detail = (status: number, text: string, headers: string[] = []): MockResponse =>
  jsonResponse(status, { detail: text }, headers)

/** Methods that a path answers. Every path with GET has HEAD, as in Django. */
const methodsOf = ({ operations }: Route): string[] => [
  ...new Set([...operations.keys(), ...(operations.has('GET') ? ['HEAD'] : []), 'OPTIONS']),
]

/** Splits a request target; `http://host/path` is a target too. */
export function readTarget(target: string): { pathname: string; query: URLSearchParams } {
  const path = target.replace(/^https?:\/\/[^/?]*/i, '')
  const at = path.indexOf('?')
  return {
    pathname: at < 0 ? path : path.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : path.slice(at + 1)),
  }
}

/** Django's rule for a repeated parameter: the last one wins, unless the document says array. */
function lastValues(query: URLSearchParams, { parameters }: Operation): URLSearchParams {
  const arrays = new Set(
    parameters
      .filter(({ in: place, schema }) => place === 'query' && schema['type'] === 'array')
      .map(({ name }) => name),
  )
  const kept = new URLSearchParams()
  for (const [name, value] of query)
    if (arrays.has(name)) kept.append(name, value)
    else kept.set(name, value)
  return kept
}

/** The JSON body; undefined without one. @throws {SyntaxError} if it does not parse */
function parseJson({ headers, body }: HttpRequest): unknown {
  if (body.length === 0 || !isJsonType(headerOf({ headers }, 'content-type'))) return undefined
  return JSON.parse(new TextDecoder().decode(body))
}

/** Pages of any origin may call the mock: it holds no secret. */
function corsHeaders(request: HttpRequest): string[] {
  const origin = headerOf(request, 'origin')
  return origin === undefined
    ? ['access-control-allow-origin', '*']
    : [
        'access-control-allow-origin',
        origin,
        'access-control-allow-credentials',
        'true',
        'access-control-expose-headers',
        '*',
        'vary',
        'origin',
      ]
}

const preflight = (route: Route, request: HttpRequest): MockResponse => ({
  status: 204,
  headers: [
    'access-control-allow-methods',
    methodsOf(route).join(', '),
    'access-control-allow-headers',
    headerOf(request, 'access-control-request-headers') ?? '*',
  ],
  body: emptyBody,
})

/**
 * The HTTP behavior that every mode shares: routes of the document, 404 and 405, HEAD, CORS, trailing
 * slashes, repeated parameters and bodies that are not JSON. What is left goes to `respond`.
 */
export function createApi(options: ApiOptions): (request: HttpRequest) => Promise<MockResponse> {
  const { document, prefix, respond } = options
  const findRoute = createOperationRouter(listOperations(document))

  async function route(request: HttpRequest): Promise<MockResponse> {
    const target = readTarget(request.target)
    const pathname = target.pathname.startsWith(`${prefix}/`)
      ? target.pathname.slice(prefix.length)
      : target.pathname
    const found = findRoute(pathname)
    if (!found) {
      if (options.withoutSlash() === 404 || !findRoute(`${pathname}/`))
        return detail(404, 'Not found.')
      const search = target.query.size > 0 ? `?${target.query}` : ''
      return {
        status: 301,
        headers: ['location', `${target.pathname}/${search}`],
        body: emptyBody,
      }
    }
    const { method } = request
    const operation = found.operations.get(
      method === 'HEAD' && !found.operations.has('HEAD') ? 'GET' : method,
    )
    if (!operation) {
      const isPreflight =
        method === 'OPTIONS' && headerOf(request, 'access-control-request-method') !== undefined
      if (isPreflight) return preflight(found, request)
      const allow = ['allow', methodsOf(found).join(', ')]
      return method === 'OPTIONS'
        ? { status: 204, headers: allow, body: emptyBody }
        : detail(405, `Method "${method}" not allowed.`, allow)
    }
    let json: unknown
    try {
      json = parseJson(request)
    } catch (error) {
      return detail(400, `JSON parse error - ${(error as Error).message}`)
    }
    return respond({
      ...request,
      method: operation.method,
      operation,
      document,
      pathname,
      path: found.match(pathname)!,
      query: lastValues(target.query, operation),
      json,
    })
  }

  return async (request) => {
    const response = await route(request)
    return { ...response, headers: [...response.headers, ...corsHeaders(request)] }
  }
}
