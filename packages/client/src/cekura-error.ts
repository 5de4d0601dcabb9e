/**
 * What kind of failure a {@link CekuraError} is.
 *
 * From an answer: `bad_request` (400), `authentication` (401), `permission` (403), `not_found`
 * (404), `rate_limit` (429), `server` (5xx), `api` (any other status, redirects included).
 * Without one: `connection`, `timeout` (408 too), `aborted`. `invalid_response` is a 200 that is no page,
 * `usage` is a call that was refused before anything was sent.
 */
export type CekuraErrorCode =
  | 'bad_request'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'rate_limit'
  | 'server'
  | 'api'
  | 'connection'
  | 'timeout'
  | 'aborted'
  | 'invalid_response'
  | 'usage'

export interface CekuraErrorInit {
  code: CekuraErrorCode
  status?: number | undefined
  body?: unknown
  requestId?: string | undefined
  method?: string | undefined
  path?: string | undefined
  attempts?: number | undefined
  retryAfterMs?: number | undefined
  cause?: unknown
}

// Survives two installed copies and minifiers, where `instanceof` and names do not.
const brand = Symbol.for('@cekura-kit/client/CekuraError')

/** Every failure of this package. Branch on `code`; `status` and the rest are there to look at. */
export class CekuraError extends Error {
  override readonly name = 'CekuraError'
  readonly code: CekuraErrorCode
  /** HTTP status, undefined when there was no answer. */
  readonly status: number | undefined
  /** Parsed body of the answer, or its text. It can quote what the caller sent. */
  readonly body: unknown
  /** The answer's `x-request-id`. */
  readonly requestId: string | undefined
  readonly method: string | undefined
  /** Path template, never with a query. */
  readonly path: string | undefined
  /** How many requests were sent for the call. */
  readonly attempts: number
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, init: CekuraErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause })
    this.code = init.code
    this.status = init.status
    this.body = init.body
    this.requestId = init.requestId
    this.method = init.method
    this.path = init.path
    this.attempts = init.attempts ?? 0
    this.retryAfterMs = init.retryAfterMs
    Object.defineProperty(this, brand, { value: true })
  }

  /**
   * Whether something thrown is a failure of this package, and of one kind if `code` is given.
   *
   * @example
   * if (CekuraError.is(error, 'rate_limit')) await wait(error.retryAfterMs ?? 1000)
   */
  static is<Code extends CekuraErrorCode = CekuraErrorCode>(
    error: unknown,
    code?: Code,
  ): error is CekuraError & { code: Code } {
    if (typeof error !== 'object' || error === null || !(brand in error)) return false
    return code === undefined || ('code' in error && error.code === code)
  }
}

/** A {@link CekuraError} for a call that must not be sent. */
export const usageError = (message: string): CekuraError =>
  new CekuraError(message, { code: 'usage' })
