import { apiKeyHeader } from '@cekura-kit/types'
import { CekuraError } from '../errors/cekura-error.ts'
import { describeErrorResponse } from '../errors/error-from-response.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Runtime } from '../runtime.ts'
import { checkApiKey } from '../settings/check-api-key.ts'
import type { CallLimits, Settings } from '../settings/client-options.ts'
import type { Call } from './call.ts'
import { exchange, isOk, redactResponse, type WireRequest, type WireResponse } from './exchange.ts'
import { redactError, type Redact } from './redact.ts'

// In lower case, like the headers it is added to.
const keyHeader = apiKeyHeader.toLowerCase()
const redirectStatuses = new Set([301, 302, 303, 307, 308])
/** A browser hides the status of a redirect behind this one. */
const opaqueStatus = 0

export interface AttemptContext {
  request: WireRequest
  settings: Settings
  runtime: Runtime
  limits: CallLimits
  call: Call
  signal: AbortSignal | undefined
  /** Removes the key from what comes back. */
  redactorOf: (key: string) => Redact
}

/** A response, an error, or an error with the response it came from. */
export interface AttemptResult {
  response?: WireResponse
  error?: CekuraError
}

/** The code of the runtime at the bottom of what `fetch` threw, such as `ECONNREFUSED`. */
function systemCodeOf(error: unknown): string | undefined {
  let code: string | undefined
  let cause: unknown = error
  for (let depth = 0; cause instanceof Error && depth < 10; depth++) {
    const own = (cause as { code?: unknown }).code
    if (typeof own === 'string') code = own
    cause = cause.cause
  }
  return code
}

/** The error for what `fetch` threw, also while the body was read. */
function connectionError(cause: unknown, { settings, call }: AttemptContext): CekuraError {
  if (CekuraError.is(cause)) return cause
  const { baseUrl } = settings
  const details = { baseUrl, systemCode: systemCodeOf(cause) }
  return call.createError('connection_failed', details, { cause })
}

async function readKey({ settings, call }: AttemptContext): Promise<string> {
  let key: unknown
  try {
    key = await settings.apiKey()
  } catch (cause) {
    throw call.createError('api_key_unavailable', {}, { cause })
  }
  return checkApiKey(key)
}

/** What a whole response means: a success, an error status, or a response that cannot be used. */
function classify(
  response: WireResponse,
  { call, limits, runtime }: AttemptContext,
): AttemptResult {
  const { status, statusText, isCut, text, headers } = response
  if (isOk(status)) {
    const limit = limits.maxResponseBytes
    return isCut ? { error: call.createError('response_too_large', { limit }) } : { response }
  }
  if (redirectStatuses.has(status) || status === opaqueStatus)
    return { error: call.createError('redirect', { status }) }
  const { fields, ...described } = describeErrorResponse(status, statusText, text)
  const waitMs = retryAfterMs(headers, runtime.now())
  const more = { ...described, retryAfterMs: waitMs }
  return { response, error: call.createError('error_status', { status, fields }, more) }
}

async function attempt(context: AttemptContext, stop: AbortSignal): Promise<AttemptResult> {
  const { request, settings, runtime, limits, call } = context
  const key = await readKey(context)
  const redact = context.redactorOf(key)
  const keyed = { ...request, headers: { ...request.headers, [keyHeader]: key } }
  stop.throwIfAborted()
  call.info.attempts += 1
  call.emit('onRequest')
  const start = runtime.now()
  const fetch = settings.fetch ?? globalThis.fetch
  let received
  try {
    received = await exchange(fetch, keyed, limits.maxResponseBytes, stop)
  } catch (thrown) {
    throw connectionError(redactError(thrown, redact), context)
  }
  // An attempt that was given up reports nothing.
  stop.throwIfAborted()
  const response = redactResponse(received, redact)
  call.info.status = response.status
  call.info.requestId = response.headers.get('x-request-id') ?? undefined
  call.emit('onResponse', { durationMs: runtime.now() - start })
  return classify(response, context)
}

/** Runs one attempt within its time. It settles in time even if `fetch` ignores its signal. */
export async function runAttempt(
  context: AttemptContext,
  remainingMs: number,
): Promise<AttemptResult> {
  const { runtime, limits, call, signal } = context
  const { timeout, totalTimeout } = limits
  call.info.status = undefined
  call.info.requestId = undefined
  try {
    const result = await runtime.wait(Math.min(timeout, remainingMs), signal, (stop) =>
      attempt(context, stop),
    )
    if (result) return result
  } catch (thrown) {
    return { error: call.toError(thrown) }
  }
  if (signal?.aborted) return { error: call.createError('aborted', {}, { cause: signal.reason }) }
  return {
    error:
      remainingMs < timeout
        ? call.createError('total_timeout', { limit: totalTimeout })
        : call.createError('attempt_timeout', { limit: timeout }),
  }
}
