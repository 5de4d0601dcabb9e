import { operationDescriptors, type operations, type paths } from '@cekura-kit/types'
import { http, HttpResponse, type HttpHandler } from 'msw'
import { createControl } from './control.ts'
import { MockError } from './mock-error.ts'
import { createSandboxControl } from './sandbox/sandbox-control.ts'
import type { SandboxOptions } from './sandbox/sandbox-options.ts'
import { createSandbox } from './sandbox/sandbox.ts'

export interface MswOptions extends SandboxOptions {
  /** Origin whose requests are answered; default `*`, any. */
  origin?: string | undefined
}

export interface MswSandbox {
  /** For `setupServer(...)` or `setupWorker(...)`. */
  handlers: HttpHandler[]
  /**
   * The test control of `startMock()`, without a server: POST of a body, GET without one.
   *
   * @returns what it answers, undefined for nothing
   * @throws {MockError} when it refuses
   */
  control(path: string, body?: unknown): Promise<unknown>
}

/**
 * The sandbox in this process, for unit tests without a server.
 *
 * Nothing verifies its answers here; `startMock({ mode: 'proxied' })` does.
 *
 * @throws {MockError} when an option is impossible
 * @example
 * const sandbox = createMswSandbox({ rows: 137 })
 * const server = setupServer(...sandbox.handlers)
 * await sandbox.control('/faults', [{ status: 429, retryAfter: 1 }])
 */
export function createMswSandbox({ origin = '*', ...options }: MswOptions = {}): MswSandbox {
  const sandbox = createSandbox({ ...options, publicUrl: (asked) => asked.origin })
  const control = createControl({
    setTransportFaults() {
      throw new MockError(
        'Cannot break connections: there are none; take startMock(), or HttpResponse.error() of msw',
      )
    },
    violations: () => [],
    async reset(change) {
      sandbox.reset(change)
    },
    sandbox: createSandboxControl(sandbox),
  })
  const answer = ({ request }: { request: Request }): Response | Promise<Response> =>
    sandbox.app.fetch(request)
  const path = operationDescriptors['callLogs.list'].path
  return {
    handlers: [path, path.replace(/\/$/, '')].map((at) => http.get(`${origin}${at}`, answer)),
    async control(at, body) {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
      const response = await control.request(at, init)
      const text = await response.text()
      if (response.ok) return text ? JSON.parse(text) : undefined
      const detail = text.startsWith('{') && (JSON.parse(text) as { detail: string }).detail
      throw new MockError(
        detail || `Cannot control the sandbox: ${at} is answered with ${response.status}`,
      )
    },
  }
}

/** Operations that are asked for with GET. */
type Readable = {
  [Id in keyof operations]: paths[(typeof operationDescriptors)[Id]['path']] extends {
    get: operations[Id]
  }
    ? Id
    : never
}[keyof operations]

type Responses<Id extends Readable> = operations[Id]['responses']

/** A documented answer of an operation: each status with its own body. */
export type DocumentedAnswer<Id extends Readable> = {
  [Status in keyof Responses<Id>]: Responses<Id>[Status] extends {
    content: { 'application/json': infer Body }
  }
    ? { status: Status; body: Body; headers?: Record<string, string> }
    : never
}[keyof Responses<Id>]

export interface AskedOperation<Id extends Readable> {
  /** As it was sent; the last of a name that was sent twice. */
  query: { [Name in keyof operations[Id]['parameters']['query']]?: string }
  request: Request
}

/** Makes a handler of one operation; an answer of undefined leaves the request to the next one. */
type Handle<Id extends Readable> = (
  answer: (
    asked: AskedOperation<Id>,
  ) => DocumentedAnswer<Id> | undefined | Promise<DocumentedAnswer<Id> | undefined>,
  options?: Pick<MswOptions, 'origin'>,
) => HttpHandler

const createHandle =
  <Id extends Readable>(operationId: Id): Handle<Id> =>
  (answer, { origin = '*' } = {}) =>
    http.get(`${origin}${operationDescriptors[operationId].path}`, async ({ request }) => {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const given = await answer({ query: query as AskedOperation<Id>['query'], request })
      if (!given) return undefined
      const { status, body, headers = {} } = given as AnyAnswer
      return HttpResponse.json(body, { status, headers })
    })

interface AnyAnswer {
  status: number
  body: object
  headers?: Record<string, string>
}

/**
 * Handlers by operation whose answers the document has to allow, or they do not compile.
 *
 * @example
 * server.use(handle['callLogs.list'](() => ({ status: 404, body: { detail: 'Invalid page.' } })))
 */
export const handle: { [Id in Readable]: Handle<Id> } = {
  'callLogs.list': createHandle('callLogs.list'),
}
