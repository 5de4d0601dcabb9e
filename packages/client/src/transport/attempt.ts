import { apiKeyHeader } from '@cekura-kit/types'
import type { CekuraError } from '../errors/cekura-error.ts'
import { describeErrorResponse } from '../errors/error-from-response.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Runtime } from '../runtime.ts'
import { checkApiKey } from '../settings/check-api-key.ts'
import type { Settings } from '../settings/client-options.ts'
import type { Call } from './call.ts'
import { exchange, isOk, redactResponse, type WireRequest, type WireResponse } from './exchange.ts'
import { createRedactor, redactError, type RedactedError } from './redact.ts'

// In lower case, like the headers it is added to.
const keyHeader = apiKeyHeader.toLowerCase()
const redirectStatuses = new Set([301, 302, 303, 307, 308])
/** A browser hides the status of a redirect behind this one. */
const opaqueStatus = 0

export interface AttemptContext {
  request: WireRequest
  /** With the limits of the call. */
  settings: Settings
  runtime: Runtime
  call: Call
  signal: AbortSignal | undefined
}

/** A response, an error, or an error with the response it came from. */
export interface AttemptResult {
  response?: WireResponse
  error?: CekuraError
}

/** The code of the runtime at the bottom of what `fetch` threw, such as `ECONNREFUSED`. */
const systemCodeOf = (error: RedactedError | undefined): string | undefined =>
  error && (systemCodeOf(error.cause) ?? error.code)

/** The error for what `fetch` threw, also while the body was read. */
function connectionError(
  cause: RedactedError | undefined,
  { settings, call }: AttemptContext,
): CekuraError {
  const { baseUrl } = settings
  const details = { baseUrl, systemCode: systemCodeOf(cause) }
  const why = details.systemCode ? ` (${details.systemCode})` : ''
  const message = `Cannot connect to ${baseUrl}${why}. Check baseUrl.`
  return call.createError('connection', 'connection_failed', details, message, { cause })
}

async function readKey({ settings, call }: AttemptContext): Promise<string> {
  let key: unknown
  try {
    key = await settings.apiKey()
  } catch (cause) {
    const message = 'Cannot get the API key: the apiKey function failed. See error.cause.'
    throw call.createError('authentication', 'api_key_unavailable', {}, message, { cause })
  }
  return checkApiKey(key)
}

/** What a whole response means: a success, an error status, or a response that cannot be used. */
function classify(
  response: WireResponse,
  { call, settings, runtime }: AttemptContext,
): AttemptResult {
  const { status, statusText, isCut, text, headers } = response
  if (isOk(status)) {
    const limit = settings.maxResponseBytes
    if (!isCut) return { response }
    const message = `Response exceeds maxResponseBytes (${limit} bytes). Lower page_size or raise the limit.`
    return { error: call.createError('invalid_response', 'response_too_large', { limit }, message) }
  }
  if (redirectStatuses.has(status) || status === opaqueStatus)
    return {
      error: call.createError('api', 'redirect', { status }, 'Unexpected redirect. Check baseUrl.'),
    }
  const { code, message, fields, body } = describeErrorResponse(status, statusText, text)
  const more = { body, retryAfterMs: retryAfterMs(headers, runtime.now()) }
  const error = call.createError(code, 'error_status', { status, fields }, message, more)
  return { response, error }
}

async function attempt(context: AttemptContext, stop: AbortSignal): Promise<AttemptResult> {
  const { request, settings, runtime, call } = context
  const key = await readKey(context)
  const redact = createRedactor(key)
  const keyed = { ...request, headers: { ...request.headers, [keyHeader]: key } }
  stop.throwIfAborted()
  call.info.attempts += 1
  call.emit('onRequest')
  const start = runtime.now()
  const fetch = settings.fetch ?? globalThis.fetch
  let received
  try {
    received = await exchange(fetch, keyed, settings.maxResponseBytes, stop)
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

/** The error for an attempt that the caller or one of the two limits of time has stopped. */
function stoppedError(
  { settings, call, signal }: AttemptContext,
  remainingMs: number,
): CekuraError {
  if (signal?.aborted)
    return call.createError('aborted', 'aborted', {}, 'The call was aborted.', {
      cause: signal.reason,
    })
  const { timeout, totalTimeout } = settings
  return remainingMs < timeout
    ? call.createError(
        'timeout',
        'total_timeout',
        { limit: totalTimeout },
        `No result within ${totalTimeout} ms. Raise totalTimeout or lower page_size.`,
      )
    : call.createError(
        'timeout',
        'attempt_timeout',
        { limit: timeout },
        `No response within ${timeout} ms. Raise timeout or lower page_size.`,
      )
}

/** Runs one attempt within its time. It settles in time even if `fetch` ignores its signal. */
export async function runAttempt(
  context: AttemptContext,
  remainingMs: number,
): Promise<AttemptResult> {
  const { runtime, settings, call, signal } = context
  call.info.status = undefined
  call.info.requestId = undefined
  try {
    const result = await runtime.wait(Math.min(settings.timeout, remainingMs), signal, (stop) =>
      attempt(context, stop),
    )
    if (result) return result
  } catch (thrown) {
    return { error: call.toError(thrown) }
  }
  return { error: stoppedError(context, remainingMs) }
}
