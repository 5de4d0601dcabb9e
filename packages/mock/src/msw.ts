import { listOperations, type SpecDocument } from '@cekura-kit/spec/document'
import { operationDescriptors, type operations } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import type { http, HttpHandler } from 'msw'
import { createApi, type OperationRequest } from './api/create-api.ts'
import { handlerOf } from './api/operations/stateful-operations.ts'
import { createRequestRules } from './api/request-rules.ts'
import { type HttpRequest, type MockResponse } from './api/response.ts'
import { exampleResponse } from './api/sample-value.ts'
import type { SandboxOptions } from './api/sandbox-options.ts'
import { createSandbox } from './api/sandbox.ts'
import { createControlRoutes } from './control/control-routes.ts'
import { runControl } from './control/run-control.ts'
import { MockError } from './mock-error.ts'

export interface MswOptions extends SandboxOptions {
  /** The `http` of your own msw, so that its version and its copy are yours. */
  http: typeof http
  /** Base URL whose requests are handled; default `*`, any. */
  origin?: string | undefined
}

export interface MswSandbox {
  /** For `setupServer(...)` or `setupWorker(...)`. */
  handlers: HttpHandler[]
  /**
   * Handlers by operation, for `server.use(...)`. A response that the document does not allow does
   * not compile.
   *
   * @throws {MockError} for an operation that does not exist
   * @example
   * server.use(handle['callLogs.list'](() => ({ status: 404, body: { detail: 'Invalid page.' } })))
   */
  handle: { [Id in OperationId]: Handle<Id> }
  /**
   * The control API of `startMock()` without a server: POST with a body, GET without one.
   *
   * @returns the response body, undefined for none
   * @throws {MockError} if the request is invalid
   */
  control(path: string, body?: unknown): Promise<unknown>
}

const document = bundled as unknown as SpecDocument

/** @throws {MockError} if it is not a URL */
function normalizeOrigin(origin: string): string {
  if (origin === '*') return origin
  if (!URL.canParse(origin))
    throw new MockError(`Invalid origin "${origin}": expected a URL such as https://api.cekura.ai.`)
  const url = new URL(origin)
  return url.origin + url.pathname.replace(/\/$/, '')
}

/** The name of a path parameter as msw allows it: letters, digits and `_`. */
const mswName = (name: string): string => name.replaceAll(/\W/g, '_')

/** A path template as msw writes it. */
const mswPath = (path: string): string =>
  path.replaceAll(/\{([^}]*)\}/g, (_, name: string) => `:${mswName(name)}`)

async function readRequest(request: Request, number: number): Promise<HttpRequest> {
  return {
    method: request.method,
    target: request.url,
    headers: [...request.headers].flat(),
    body: new Uint8Array(await request.clone().arrayBuffer()),
    signal: request.signal,
    number,
  }
}

function toResponse({ status, headers, body }: MockResponse, method: string): Response {
  const pairs: [string, string][] = []
  for (let n = 0; n < headers.length; n += 2) pairs.push([headers[n]!, headers[n + 1]!])
  const hasBody = method !== 'HEAD' && body.length > 0
  return new Response(hasBody ? new Uint8Array(body) : null, { status, headers: pairs })
}

/** Response of an operation without state: 400 for an invalid request, otherwise its example. */
function respondWithExample(request: OperationRequest): MockResponse {
  const rules = createRequestRules(document, request.operation)
  const errors = { ...rules.checkQuery(request.query), ...rules.checkBody(request.json) }
  return Object.keys(errors).length > 0
    ? rules.errorResponse({ status: 400, body: errors })
    : exampleResponse(document, request.operation)
}

/**
 * The sandbox in this process, for unit tests without a server. Operations without state return their
 * documented example. Responses are not validated; `startMock({ mode: 'proxied' })` validates them.
 *
 * @throws {MockError} if an option is invalid
 * @example
 * import { http } from 'msw'
 *
 * const sandbox = createMswSandbox({ http, rows: 137 })
 * const server = setupServer(...sandbox.handlers)
 * await sandbox.control('/faults', [{ status: 429, retryAfter: 1 }])
 */
export function createMswSandbox(given: MswOptions): MswSandbox {
  const { http, origin = '*', ...options } = (given as MswOptions | undefined) ?? {}
  if (typeof http !== 'object')
    throw new MockError("Missing http: expected the http of msw, as in import { http } from 'msw'.")
  const base = normalizeOrigin(origin)
  const prefix = base === '*' ? '' : new URL(base).pathname.replace(/\/$/, '')
  const sandbox = createSandbox(options)
  const listed = listOperations(document)
  const routes = createControlRoutes({
    operations: () =>
      listed.map((operation) => ({
        operationId: operation.operationId,
        method: operation.method,
        path: operation.path,
        servedBy: handlerOf(operation) ? 'sandbox' : 'examples',
      })),
    violations: () => [],
    reset: async (change) => sandbox.reset(change),
    setTransportFaults() {
      throw new MockError('Connection faults need startMock(); with msw use HttpResponse.error().')
    },
    sandbox,
  })
  let requests = 0

  const respond = createApi({
    document,
    prefix,
    withoutSlash: () => sandbox.settings().assumptions.withoutSlash,
    respond: (found) =>
      sandbox.respond(found, new URL(found.target).origin + prefix, async () =>
        respondWithExample(found),
      ),
  })
  const answer = async ({ request }: { request: Request }): Promise<Response> =>
    toResponse(await respond(await readRequest(request, ++requests)), request.method)
  const paths = new Set(listed.flatMap(({ path }) => [path, path.replace(/(.)\/$/, '$1')]))
  return {
    handlers: [...paths].map((path) => http.all(`${base}${mswPath(path)}`, answer)),
    handle: createHandles(http, base),
    async control(path, body) {
      const { status, body: bytes } = await runControl(routes, {
        method: body === undefined ? 'GET' : 'POST',
        path,
        text: body === undefined ? '' : JSON.stringify(body),
      })
      const found: unknown =
        bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined
      if (status < 400) return found
      throw new MockError((found as { detail: string }).detail)
    },
  }
}

type OperationId = keyof operations & keyof typeof operationDescriptors
type Responses<Id extends OperationId> = operations[Id]['responses']
type Parameters<Id extends OperationId, Place extends string> =
  operations[Id]['parameters'] extends Partial<Record<Place, infer Values>>
    ? { [Name in keyof NonNullable<Values>]?: string }
    : Record<string, never>

/** A documented response of an operation: each status with its body. */
export type DocumentedResponse<Id extends OperationId> = {
  [Status in keyof Responses<Id>]: {
    status: Status extends number ? Status : number
    headers?: Record<string, string>
  } & (Responses<Id>[Status] extends { content: { 'application/json': infer Body } }
    ? { body: Body }
    : { body?: undefined })
}[keyof Responses<Id>]

export interface HandledRequest<Id extends OperationId> {
  /** Path parameters, decoded. */
  path: Parameters<Id, 'path'>
  /** As sent; the last value of a repeated name. */
  query: Parameters<Id, 'query'>
  /** The parsed JSON body, undefined without one. It is not validated. */
  body: operations[Id] extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? Body | undefined
    : undefined
  request: Request
}

/** Creates a handler of one operation; a result of undefined leaves the request to the next handler. */
export type Handle<Id extends OperationId> = (
  respond: (
    request: HandledRequest<Id>,
  ) => DocumentedResponse<Id> | undefined | Promise<DocumentedResponse<Id> | undefined>,
) => HttpHandler

async function readJson(request: Request): Promise<unknown> {
  const text = await request.clone().text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function createHandle<Id extends OperationId>(
  msw: typeof http,
  base: string,
  operationId: Id,
): Handle<Id> {
  const { method, path, parameters } = operationDescriptors[operationId]
  const register = msw[method.toLowerCase() as 'get']
  const inPath = Object.entries(parameters).filter(
    ([, parameter]) => (parameter.in as string) === 'path',
  )
  return (respond) =>
    register(`${base}${mswPath(path)}`, async ({ request, params }) => {
      const found = await respond({
        path: Object.fromEntries(inPath.map(([name]) => [name, params[mswName(name)]])),
        query: Object.fromEntries(new URL(request.url).searchParams),
        body: await readJson(request),
        request,
      } as unknown as HandledRequest<Id>)
      if (!found) return undefined
      const { body, ...init } = found as ResponseInit & { body?: unknown }
      return body === undefined ? new Response(null, init) : Response.json(body, init)
    })
}

const createHandles = (msw: typeof http, base: string): MswSandbox['handle'] =>
  new Proxy({} as MswSandbox['handle'], {
    get(_, name) {
      if (typeof name === 'symbol') return undefined
      if (!Object.hasOwn(operationDescriptors, name))
        throw new MockError(
          `Unknown operation "${name}": expected one of ${Object.keys(operationDescriptors).join(', ')}.`,
        )
      return createHandle(msw, base, name as OperationId)
    },
  })
