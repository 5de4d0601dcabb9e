/**
 * What kind of failure a {@link CekuraError} is.
 *
 * From an answer: `bad_request` (400), `authentication` (401, or no answer as the `apiKey` function
 * failed, its error as `cause`), `permission` (403), `not_found`
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
  call?: number | undefined
  attempts?: number | undefined
  retryAfterMs?: number | undefined
  cause?: unknown
}

/** Every failure of this package. Branch on `code`; `status` and the rest are there to look at. */
export class CekuraError extends Error {
  /** Tells the error of another installed copy too, and survives minifiers. */
  override readonly name = 'CekuraError'
  declare readonly code: CekuraErrorCode
  /** HTTP status, undefined when there was no answer. */
  declare readonly status: number | undefined
  /** Parsed body of the answer, or its text. It can quote what the caller sent. */
  declare readonly body: unknown
  /** The answer's `x-request-id`. */
  declare readonly requestId: string | undefined
  declare readonly method: string | undefined
  /** Path template, never with a query. */
  declare readonly path: string | undefined
  /** Number of the call in its client, as hooks are told it. */
  declare readonly call: number | undefined
  /** How many requests were sent for the call. */
  readonly attempts: number = 0
  /** How long the service asks to wait, in milliseconds. */
  declare readonly retryAfterMs: number | undefined

  constructor(message: string, facts: CekuraErrorInit) {
    super(message, facts)
    Object.assign(this, facts)
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
    const found = error as CekuraError | undefined
    return found?.name === 'CekuraError' && (code ?? found.code) === found.code
  }
}

/** Throws the error for what must not be sent: one sentence of what is there and what is wanted. */
export function refuse(name: string, given: unknown, want: string): never {
  throw new CekuraError(
    `Cannot call the API: ${name} is "${String(given).slice(0, 99)}"; give ${want}`,
    { code: 'usage' },
  )
}
