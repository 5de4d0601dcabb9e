import { CekuraError } from '../errors/cekura-error.ts'
import type { CallInfo, EmitHook } from '../hooks.ts'
import type { Runtime } from '../runtime.ts'
import type { CallLimits, Settings } from '../settings/client-options.ts'
import { checkApiKey } from '../settings/check-api-key.ts'
import { NetworkFailure, sendAttempt, type WireRequest } from './attempt.ts'
import type { Failures } from './failures.ts'
import { classifyResponse, type AttemptResult } from './classify-response.ts'
import type { Redact } from './redact.ts'

const maxErrorBytes = 100_000

export interface AttemptContext {
  request: WireRequest
  settings: Settings
  runtime: Runtime
  limits: CallLimits
  /** What is left of the total timeout, in milliseconds. */
  remainingMs: number
  signal: AbortSignal | undefined
  info: CallInfo
  failures: Failures
  emit: EmitHook
  /** Removes the key from what comes back. */
  redactorOf: (key: string) => Redact
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

/** The key for this attempt, or the error that there is none. */
async function readKey(context: AttemptContext): Promise<{ key: string } | { error: CekuraError }> {
  try {
    return { key: checkApiKey(await context.settings.apiKey()) }
  } catch (cause) {
    if (CekuraError.is(cause)) return { error: cause }
    const error = context.failures.create(
      'authentication',
      'api_key_unavailable',
      {},
      'Cannot get the API key: the apiKey function failed. See error.cause.',
      { cause },
    )
    return { error }
  }
}

async function attempt(context: AttemptContext, stop: AbortSignal): Promise<AttemptResult> {
  const { request, settings, runtime, limits, info, failures, emit } = context
  const found = await readKey(context)
  if ('error' in found) return found
  const { key } = found
  stop.throwIfAborted()
  info.attempts += 1
  emit('onRequest')
  const start = runtime.now()
  try {
    const fetch = settings.fetch ?? globalThis.fetch
    const maxBytes = { ok: limits.maxResponseBytes, error: maxErrorBytes }
    const redact = context.redactorOf(key)
    const response = await sendAttempt(fetch, request, key, redact, maxBytes, stop)
    // An attempt that was given up reports nothing.
    stop.throwIfAborted()
    info.status = response.status
    info.requestId = response.headers.get('x-request-id') ?? undefined
    emit('onResponse', { durationMs: runtime.now() - start })
    return classifyResponse(response, context)
  } catch (thrown) {
    if (!(thrown instanceof NetworkFailure)) throw thrown
    const { cause } = thrown
    if (CekuraError.is(cause)) return { error: cause }
    const { baseUrl } = settings
    const systemCode = systemCodeOf(cause)
    return {
      error: failures.create(
        'connection',
        'connection_failed',
        { baseUrl, systemCode },
        `Cannot connect to ${baseUrl}${systemCode ? ` (${systemCode})` : ''}. Check baseUrl.`,
        { cause },
      ),
    }
  }
}

/** Runs one attempt within its time. It settles in time even if `fetch` ignores its signal. */
export async function runAttempt(context: AttemptContext): Promise<AttemptResult> {
  const { runtime, limits, remainingMs, signal, info, failures } = context
  const limitMs = Math.min(limits.timeout, remainingMs)
  info.status = undefined
  info.requestId = undefined
  const result = await runtime
    .wait(limitMs, signal, (stop) => attempt(context, stop))
    .catch((thrown: unknown) => ({ error: failures.from(thrown) }))
  if (result) return result
  if (signal?.aborted)
    return {
      error: failures.create('aborted', 'aborted', {}, 'The call was aborted.', {
        cause: signal.reason,
      }),
    }
  return {
    error:
      remainingMs < limits.timeout
        ? failures.create(
            'timeout',
            'total_timeout',
            { limit: limits.totalTimeout },
            `No result within ${limits.totalTimeout} ms. Raise totalTimeout or lower page_size.`,
          )
        : failures.create(
            'timeout',
            'attempt_timeout',
            { limit: limits.timeout },
            `No response within ${limits.timeout} ms. Raise timeout or lower page_size.`,
          ),
  }
}
