import { listOperations } from '@cekura-kit/spec'
import { createApi, readTarget, type OperationRequest } from './api/create-api.ts'
import { createOperationRouter } from './api/operation-router.ts'
import {
  problemResponse,
  type HttpRequest,
  type MockResponse,
  type Responder,
} from './api/response.ts'
import type { Sandbox } from './api/sandbox.ts'
import { createLiveBackend } from './live/live-backend.ts'
import type { MockMode } from './mock-options.ts'
import { respondWithPrism, validateWithPrism } from './prism/prism-backend.ts'
import type { PrismSupervisor } from './prism/supervise-prism.ts'
import type { ValidationLog } from './prism/validation-log.ts'
import type { ValidatedRequest } from './prism/violation.ts'
import type { ReadSpec } from './read-spec.ts'

const validated = (
  { operation, query, number }: OperationRequest,
  { status }: MockResponse,
): ValidatedRequest => ({
  method: operation.method,
  path: operation.path,
  query: [...new Set(query.keys())],
  status,
  number,
})

interface ApiBackendOptions {
  spec: ReadSpec
  prism: PrismSupervisor
  log: ValidationLog
  sandbox: Sandbox | undefined
  /** Whether Prism validates the responses of the sandbox. */
  validates: boolean
  /** Start of the links between pages. */
  publicUrl: string
  prefix: string
  withoutSlash(): 404 | 301
}

/** Responds as the document describes: from the sandbox, and from Prism for all else. */
function createApiBackend(options: ApiBackendOptions): Responder {
  const { spec, prism, log, sandbox, validates, publicUrl } = options

  async function respondFromExamples(request: OperationRequest): Promise<MockResponse> {
    const { response, findings } = await respondWithPrism(prism, request)
    log.addFindings(validated(request, response), findings)
    return response
  }

  /** An undocumented error status passes; everything else that does not match becomes a 500. */
  async function validate(
    request: OperationRequest,
    response: MockResponse,
  ): Promise<MockResponse> {
    const about = validated(request, response)
    try {
      const findings = await validateWithPrism(prism, request, response)
      log.addFindings(about, findings)
      const errors = findings.filter(({ severity }) => severity === 'error')
      if (errors.length === 0) return response
      return problemResponse(500, 'The response does not match the spec.', { violations: errors })
    } catch (error) {
      if (request.signal.aborted) throw error
      const reason = `Prism could not validate the response: ${(error as Error).message || 'it ended'}`
      log.addUnchecked(about, reason)
      return problemResponse(502, reason)
    }
  }

  return createApi({
    document: spec.document,
    prefix: options.prefix,
    withoutSlash: options.withoutSlash,
    async respond(request) {
      if (!sandbox) return respondFromExamples(request)
      let isExample = false
      const response = await sandbox.respond(request, publicUrl, () => {
        isExample = true
        return respondFromExamples(request)
      })
      return validates && !isExample ? validate(request, response) : response
    },
  })
}

interface LiveBackendOptions {
  spec: ReadSpec
  prism: PrismSupervisor
  log: ValidationLog
  /** Base URL of the service. */
  upstream: string
}

/** Responds with what the service responds, and validates it. */
function createLiveModeBackend(options: LiveBackendOptions): Responder {
  const { spec, prism, log, upstream } = options
  const findRoute = createOperationRouter(listOperations(spec.document))

  function about(request: HttpRequest, status: number): ValidatedRequest {
    const { pathname, query } = readTarget(request.target)
    const path = findRoute(pathname)?.path ?? pathname
    const { method, number } = request
    return { method, path, query: [...new Set(query.keys())], status, number }
  }
  return createLiveBackend({
    upstream,
    validate: (request, response) =>
      validateWithPrism(prism, { ...request, ...readTarget(request.target) }, response),
    onFindings: (request, status, findings) => log.addFindings(about(request, status), findings),
    onNotValidated: (request, status, reason) => log.addUnchecked(about(request, status), reason),
  })
}

/** What responds in a mode, for a document. */
export const createModeBackend = ({
  mode,
  ...options
}: Omit<ApiBackendOptions, 'validates'> & LiveBackendOptions & { mode: MockMode }): Responder =>
  mode === 'live-proxy'
    ? createLiveModeBackend(options)
    : createApiBackend({ ...options, validates: mode === 'proxied' })
