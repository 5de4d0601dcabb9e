import { apiKeyHeader } from '@cekura-kit/types'
import { CekuraError, refuse, type CekuraErrorCode, type CekuraErrorInit } from './cekura-error.ts'
import { waitFor, type Effects } from './effects.ts'
import type { Hooks } from './hooks.ts'
import { readBody } from './read-body.ts'
import { bodyOf, codeOf, wordsOf } from './response-error.ts'
import { backoffMs, isRetryable, retryAfterMs } from './retry-policy.ts'
import { checkKey, readLimits, type RequestOptions, type Settings } from './settings.ts'

const maxErrorBytes = 2 ** 16
/** Retries that a failing service gets beyond what its successes earn. */
const retryBudget = 10

type Facts = Omit<CekuraErrorInit, 'code'>

/** An answer with its body read. */
export interface Exchange {
  response: Response
  text: string
  facts?: Facts
  /** The error for an answer that is not a success. */
  error?: CekuraError
}

/** The error for a request that was sent or was about to be. */
export const failure = (
  facts: Facts,
  code: CekuraErrorCode,
  why: string,
  more?: Facts,
): CekuraError =>
  new CekuraError(`Cannot ${facts.method} ${facts.path}: ${why}`, { ...facts, code, ...more })

export type Transport = (
  request: Pick<Request, 'url' | 'method' | 'headers'>,
  options: RequestOptions,
) => Promise<Exchange>

/**
 * Sends a request until it succeeds, cannot, or may not be repeated.
 *
 * Beneath openapi-fetch and not a middleware of it, because a body can fail after the middleware
 * has run.
 *
 * @returns the last answer, a success or not
 * @throws {CekuraError} when there is no answer that may be read
 */
export function createTransport(settings: Settings, { now, random, wait }: Effects): Transport {
  const { baseUrl, hooks } = settings
  let tokens = retryBudget
  let calls = 0

  return async ({ url, method, headers }, options) => {
    const { signal } = options
    const limits = readLimits(options, settings)
    const deadline = now() + limits.totalTimeout
    // A middleware may have moved it.
    if (!url.startsWith(`${baseUrl}/`)) refuse('the URL', 'elsewhere', `one under ${baseUrl}`)
    const path = url.slice(baseUrl.length).split('?')[0]
    const call = ++calls
    let delayMs = 0

    for (let attempts = 0; ;) {
      const facts: Facts = { method, path, call, attempts }
      const tell = (name: keyof Hooks, more?: object): void => {
        try {
          hooks?.[name]?.({ ...facts, ...more } as never)
        } catch {
          // A broken hook must not break the call it watches.
        }
      }
      let failed: Exchange | undefined
      const exchange = async (stop: AbortSignal): Promise<Exchange> => {
        attempts++
        const key = checkKey(
          await (async () => settings.apiKey())().catch((cause) => {
            throw failure(facts, 'authentication', 'the apiKey function failed', { cause })
          }),
        )
        stop.throwIfAborted()
        facts.attempts = attempts
        tell('onRequest')
        const start = now()
        const sent = new Headers(headers)
        sent.set(apiKeyHeader, key)
        const response = await (settings.fetch ?? fetch)(url, {
          method,
          headers: sent,
          signal: stop,
          // A redirect would carry the key to wherever the answer points.
          redirect: 'manual',
        })
        const { ok, status } = response
        const most = ok ? limits.maxResponseBytes : maxErrorBytes
        const [text, isCut] = await readBody(response, most)
        facts.status = status
        facts.requestId = response.headers.get('x-request-id') ?? undefined
        tell('onResponse', { durationMs: now() - start })
        const answer: Exchange = { response, text, facts }
        if (ok && !isCut) return answer
        if (status < 400)
          throw failure(
            facts,
            ok ? 'invalid_response' : 'api',
            ok
              ? `the answer is larger than ${most} bytes; ask for a smaller page or raise maxResponseBytes`
              : // A browser hides the status of a redirect, and says 0.
                'the answer is a redirect, never followed; check baseUrl',
          )
        const safeText = text.replaceAll(key, '***')
        const words = wordsOf(safeText)
        answer.error = failure(
          facts,
          codeOf(status),
          `the service answered ${status}${words && `: ${words}`}`,
          { body: bodyOf(safeText), retryAfterMs: retryAfterMs(response.headers, now()) },
        )
        failed = answer
        throw answer.error
      }

      try {
        if (attempts) await wait(delayMs, signal)
        const leftMs = Math.min(limits.timeout, deadline - now())
        // A `fetch` that ignores its signal must not hold the call.
        const answer = await waitFor(leftMs, signal, exchange)
        if (!answer)
          throw failure(
            facts,
            'timeout',
            `no whole answer in ${leftMs} ms; ask for a smaller page or raise timeout`,
          )
        tokens = Math.min(retryBudget, tokens + 1)
        return answer
      } catch (cause) {
        const error = CekuraError.is(cause)
          ? cause
          : signal?.aborted
            ? failure(facts, 'aborted', 'it was aborted', { cause: signal.reason })
            : failure(
                facts,
                'connection',
                `${baseUrl} cannot be reached or broke off; check it and the network`,
                { cause },
              )
        const { code } = error
        delayMs = error.retryAfterMs ?? backoffMs(attempts, random())
        if (
          attempts > limits.maxRetries ||
          !isRetryable(method, code) ||
          error.retryAfterMs! > limits.maxRetryAfter ||
          now() + delayMs >= deadline ||
          tokens < 1
        ) {
          tell('onError', { code })
          if (failed) return failed
          throw error
        }
        tokens--
        tell('onRetry', { code, delayMs })
      }
    }
  }
}
