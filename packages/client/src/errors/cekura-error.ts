/**
 * What kind of failure a {@link CekuraError} is.
 *
 * From a response: `bad_request` (400), `authentication` (401), `permission` (403), `not_found`
 * (404), `rate_limit` (429), `server` (5xx), `timeout` (408), `api` (any other status, redirects
 * included), `invalid_response` (a success that is not what the operation returns).
 * Without one: `connection`, `timeout`, `aborted`, `authentication` (the `apiKey` function failed).
 * Before anything is sent: `usage`. A bug in this package: `unexpected`.
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
  | 'unexpected'

/** What each reason of a {@link CekuraError} comes with, by reason. */
export interface CekuraErrorDetails {
  /** `usage`: an option of the client or of a call. */
  invalid_option: { option: string; expected: string }
  unknown_option: { option: string; suggestion: string | undefined }
  missing_api_key: object
  invalid_api_key: { expected: string }
  /** `usage`: a parameter or the body of a call. */
  missing_parameter: { parameter: string }
  invalid_parameter: { parameter: string; expected: string }
  unknown_parameter: { parameter: string; suggestion: string | undefined; known: string[] }
  /** `usage`: the URL is not below `baseUrl`, so the key is not sent. */
  foreign_url: { baseUrl: string }
  /** Any error status. `fields` are the names that a 400 complains about. */
  error_status: { status: number; fields: string[] }
  /** `api`: a redirect, which would take the key elsewhere. */
  redirect: { status: number }
  /** `invalid_response`. */
  response_too_large: { limit: number }
  not_json: object
  empty_response: object
  not_a_page: object
  /** `invalid_response`: `next` points to a page that was read before, or the page repeats. */
  pagination_stuck: { page: number; next: number | undefined }
  too_many_pages: { limit: number }
  /** `timeout`: `limit` is in milliseconds. */
  attempt_timeout: { limit: number }
  total_timeout: { limit: number }
  /** What a call had at the end of the wait: its last status, and no results of these metrics. */
  evaluation_timeout: {
    id: number
    limit: number
    status: string | undefined
    missingMetrics: number[]
  }
  /** `connection`: `systemCode` is the code of the runtime, such as `ECONNREFUSED`. */
  connection_failed: { baseUrl: string; systemCode: string | undefined }
  aborted: object
  /** `authentication`: the `apiKey` function threw, its error is the `cause`. */
  api_key_unavailable: object
  unexpected: object
}

/** Why a {@link CekuraError} was thrown, finer than its code and stable across versions. */
export type CekuraErrorReason = keyof CekuraErrorDetails

export interface CekuraErrorInit<Reason extends CekuraErrorReason = CekuraErrorReason> {
  code: CekuraErrorCode
  reason: Reason
  details: CekuraErrorDetails[Reason]
  status?: number | undefined
  body?: unknown
  requestId?: string | undefined
  method?: string | undefined
  path?: string | undefined
  call?: number | undefined
  attempts?: number | undefined
  retryAfterMs?: number | undefined
  cause?: unknown
}

/**
 * Every failure of this package. Branch on `code`, or on `reason` where the code is not enough; do
 * not parse the message.
 */
export class CekuraError<Reason extends CekuraErrorReason = CekuraErrorReason> extends Error {
  /** Identifies errors of other installed copies too, and survives minifiers. */
  override readonly name = 'CekuraError'
  declare readonly code: CekuraErrorCode
  declare readonly reason: Reason
  declare readonly details: CekuraErrorDetails[Reason]
  /** HTTP status, undefined without a response. */
  declare readonly status: number | undefined
  /**
   * Parsed body of the response, or its text. It can repeat what was sent, personal data included,
   * so it is not enumerable and logs do not print it.
   */
  declare readonly body: unknown
  /** `x-request-id` of the response. */
  declare readonly requestId: string | undefined
  declare readonly method: string | undefined
  /** Path template, without values and query. */
  declare readonly path: string | undefined
  /** Number of the call in its client, the same as in hooks. */
  declare readonly call: number | undefined
  /** Requests sent for the call. */
  readonly attempts: number = 0
  /** How long the API asks to wait, in milliseconds. */
  declare readonly retryAfterMs: number | undefined

  constructor(message: string, init: CekuraErrorInit<Reason>) {
    super(message, init)
    const { body, cause: _, ...enumerable } = init
    Object.assign(this, enumerable)
    Object.defineProperty(this, 'body', { value: body })
  }

  /**
   * Whether a thrown value is a failure of this package, optionally with one code.
   *
   * @example
   * if (CekuraError.is(error, 'rate_limit')) await wait(error.retryAfterMs ?? 1000)
   */
  static is<Code extends CekuraErrorCode = CekuraErrorCode>(
    error: unknown,
    code?: Code,
  ): error is CekuraError & { code: Code } {
    const found = error as CekuraError | undefined
    return found?.name === 'CekuraError' && (code ?? found.code) === found.code
  }

  /**
   * Whether a thrown value is a failure of this package with one reason; its `details` are typed
   * then.
   *
   * @example
   * if (CekuraError.hasReason(error, 'response_too_large')) console.log(error.details.limit)
   */
  static hasReason<Reason extends CekuraErrorReason>(
    error: unknown,
    reason: Reason,
  ): error is CekuraError<Reason> {
    return CekuraError.is(error) && error.reason === reason
  }
}
