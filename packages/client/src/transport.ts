import { apiKeyHeader } from '@cekura-kit/types'
import { CekuraError, type CekuraErrorCode } from './cekura-error.ts'
import type { Effects } from './effects.ts'
import { notify } from './hooks.ts'
import { BodyTooLarge, readBody } from './read-body.ts'
import { responseError } from './response-error.ts'
import { backoffMs, createRetryBudget, isRetryable } from './retry-policy.ts'
import { checkKey, checkNumber, type RequestOptions, type Settings } from './settings.ts'

const maxErrorBytes = 64 * 1024

export interface OutgoingRequest {
  url: string
  method: string
  headers: Headers
}

/** An answer with its body read. */
export interface Exchange {
  response: Response
  text: string
  /** Set when the answer is not a success. */
  error: CekuraError | undefined
}

export type Transport = (request: OutgoingRequest, options: RequestOptions) => Promise<Exchange>

/**
 * Sends a request until it succeeds, cannot, or may not be repeated.
 *
 * Beneath openapi-fetch and not a middleware of it, because a body can fail after the middleware
 * has run.
 *
 * @returns the last answer, a success or not
 * @throws {CekuraError} when there is no answer
 */
export function createTransport(settings: Settings, effects: Effects): Transport {
  const budget = createRetryBudget()
  let calls = 0

  return async function send({ url, method, headers }, options) {
    const { signal, timeout = settings.timeout, maxRetries = settings.maxRetries } = options
    checkNumber('timeout', timeout, 1)
    checkNumber('maxRetries', maxRetries, 0)
    const totalTimeout = checkNumber(
      'totalTimeout',
      options.totalTimeout ?? settings.totalTimeout,
      1,
    )
    const call = ++calls
    const deadline = effects.now() + totalTimeout
    const path = url.slice(settings.baseUrl.length).split('?', 1)[0]!

    let attempt = 1
    const fail = (code: CekuraErrorCode, why: string, cause?: unknown, status?: number) =>
      new CekuraError(`Cannot ${method} ${path}: ${why}`, {
        method,
        path,
        attempts: attempt,
        code,
        cause,
        status,
      })

    for (; ; attempt++) {
      const info = { method, path, call, attempt }
      let exchange: Exchange | undefined
      let error: CekuraError
      try {
        exchange = await sendOnce()
        if (!exchange.error) {
          budget.earn()
          return exchange
        }
        error = exchange.error
      } catch (thrown) {
        error = CekuraError.is(thrown)
          ? thrown
          : fail(
              'connection',
              `the service at ${settings.baseUrl} cannot be reached or broke off its answer; check the base URL and the network`,
              thrown,
            )
      }
      const delayMs = error.retryAfterMs ?? backoffMs(attempt, effects.random())
      const mayRetry =
        attempt <= maxRetries &&
        isRetryable(method, error) &&
        delayMs <= settings.maxRetryAfter &&
        effects.now() + delayMs < deadline &&
        budget.spend()
      if (!mayRetry) {
        notify(settings.hooks, 'onError', { ...info, code: error.code, status: error.status })
        if (exchange) return exchange
        throw error
      }
      notify(settings.hooks, 'onRetry', { ...info, code: error.code, delayMs })
      try {
        await effects.wait(delayMs, signal)
      } catch (reason) {
        throw fail('aborted', 'the call was aborted while it waited to try again', reason)
      }
    }

    async function sendOnce(): Promise<Exchange> {
      const info = { method, path, call, attempt }
      const abort = new AbortController()
      let stop: (error: CekuraError) => void
      // A `fetch` that ignores its signal must not hold the call.
      const stopped = new Promise<never>((_, reject) => {
        stop = (error) => {
          reject(error)
          abort.abort(error)
        }
      })
      const onAbort = (): void => stop(fail('aborted', 'the call was aborted', signal?.reason))
      const leftMs = Math.min(timeout, deadline - effects.now())
      const timer = setTimeout(
        () => stop(fail('timeout', `no whole answer within ${timeout} ms`)),
        Math.max(1, leftMs),
      )
      // By hand instead of AbortSignal.any, which keeps memory with the caller's signal.
      signal?.addEventListener('abort', onAbort, { once: true })
      if (signal?.aborted) onAbort()
      try {
        return await Promise.race([exchange(abort.signal), stopped])
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }

      async function exchange(attemptSignal: AbortSignal): Promise<Exchange> {
        attemptSignal.throwIfAborted()
        const key = checkKey(await settings.apiKey())
        headers.set(apiKeyHeader, key)
        notify(settings.hooks, 'onRequest', info)
        const start = effects.now()
        const response = await settings.fetch(url, {
          method,
          headers,
          signal: attemptSignal,
          // A redirect would carry the key to wherever the answer points.
          redirect: 'manual',
        })
        const { ok, status } = response
        const text = await readBody(
          response,
          ok ? settings.maxResponseBytes : Math.min(maxErrorBytes, settings.maxResponseBytes),
          !ok,
        ).catch((cause: unknown) => {
          if (!(cause instanceof BodyTooLarge)) throw cause
          throw fail(
            'invalid_response',
            `the answer is larger than ${settings.maxResponseBytes} bytes; ask for a smaller page or raise maxResponseBytes`,
            undefined,
            status,
          )
        })
        notify(settings.hooks, 'onResponse', {
          ...info,
          status,
          durationMs: effects.now() - start,
          requestId: response.headers.get('x-request-id') ?? undefined,
        })
        const error = ok
          ? undefined
          : responseError({
              response,
              text,
              method,
              path,
              attempts: attempt,
              key,
              now: effects.now(),
            })
        return { response, text, error }
      }
    }
  }
}
