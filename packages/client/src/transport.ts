import { apiKeyHeader } from '@cekura-kit/types'
import { CekuraError, refuse, type CekuraErrorCode, type CekuraErrorInit } from './cekura-error.ts'
import type { Effects } from './effects.ts'
import type { Hooks } from './hooks.ts'
import { readBody } from './read-body.ts'
import { bodyOf, explain } from './response-error.ts'
import { retryAfterMs } from './retry-after.ts'
import { checkKey, readLimits, type RequestOptions, type Settings } from './settings.ts'

// Lower case, as in the headers it is put over.
const keyHeader = apiKeyHeader.toLowerCase()

type Facts = Omit<CekuraErrorInit, 'code'>

/** How a call came out: an answer with its body read, an error, or both. */
export interface Exchange {
  /** Undefined when there is no answer that may be read. */
  response?: Response
  text?: string | undefined
  facts?: Facts
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
  request: { url: string; method: string },
  headers: Readonly<Record<string, string>>,
  options: Omit<RequestOptions, 'headers'>,
) => Promise<Exchange>

/**
 * Sends a request until it succeeds, cannot, or may not be repeated.
 *
 * Beneath openapi-fetch and not a middleware of it, because a body can fail after the middleware
 * has run.
 *
 * @throws {CekuraError} with code `usage`; every other failure is returned
 */
export function createTransport(settings: Settings, { now, random, wait }: Effects): Transport {
  const maxErrorBytes = 100_000
  // Retries that a failing service gets beyond what its successes earn.
  const retryBudget = 10
  const { baseUrl, hooks } = settings
  let tokens = retryBudget
  let calls = 0

  return async ({ url, method }, headers, options) => {
    const { signal } = options
    const limits = readLimits(options, settings)
    const deadline = now() + limits.totalTimeout
    // A middleware may have moved it.
    if (!url.startsWith(`${baseUrl}/`)) refuse('the URL', 'elsewhere', baseUrl)
    // Where there is no query it is -1, which >>> makes the largest of all.
    const path = url.slice(baseUrl.length, url.indexOf('?') >>> 0)
    const call = ++calls
    let delayMs = 0

    for (let attempts = 0; ;) {
      const facts: Facts = { method, path, call, attempts }
      const fail = (code: CekuraErrorCode, why: string, more?: Facts): Exchange => ({
        error: failure(facts, code, why, more),
      })
      const tell = (name: keyof Hooks, more?: object): void => {
        try {
          hooks?.[name]?.({ ...facts, ...more } as never)
        } catch {
          // A broken hook must not break the call it watches.
        }
      }
      const exchange = async (stop: AbortSignal): Promise<Exchange> => {
        attempts++
        let key: string
        try {
          key = await settings.apiKey()
        } catch (cause) {
          return fail('authentication', 'apiKey() failed', { cause })
        }
        checkKey(key)
        stop.throwIfAborted()
        facts.attempts = attempts
        tell('onRequest')
        const start = now()
        const response = await (settings.fetch ?? fetch)(url, {
          method,
          headers: { ...headers, [keyHeader]: key },
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
        if (ok)
          return isCut
            ? fail(
                'invalid_response',
                `the answer takes more than ${most} bytes; lower page_size or raise maxResponseBytes`,
              )
            : { response, text, facts }
        // A browser hides the status of a redirect, and says 0.
        if (status < 400) return fail('api', 'the answer is a redirect; check baseUrl')
        const safeText = text.replaceAll(key, '***')
        return {
          response,
          text,
          ...fail(...explain(status, safeText), {
            body: bodyOf(safeText),
            retryAfterMs: retryAfterMs(response.headers, now()),
          }),
        }
      }

      if (attempts) await wait(delayMs, signal)
      const leftMs = Math.min(limits.timeout, deadline - now())
      // A `fetch` that ignores its signal must not hold the call.
      const answer =
        (await wait(leftMs, signal, exchange).catch((cause: unknown) =>
          CekuraError.is(cause)
            ? { error: cause }
            : fail('connection', `${baseUrl} cannot be reached or broke off; check baseUrl`, {
                cause,
              }),
        )) ??
        (signal?.aborted
          ? fail('aborted', 'aborted', { cause: signal.reason })
          : fail(
              'timeout',
              `the answer takes more than ${leftMs} ms; lower page_size or raise timeout`,
            ))
      const { error } = answer
      if (!error) {
        tokens = Math.min(retryBudget, tokens + 1)
        return answer
      }
      const { code } = error
      // From half a second to 8 seconds, doubling, and half of it random so that clients spread.
      delayMs = error.retryAfterMs ?? Math.min(8000, 250 * 2 ** attempts) * (0.5 + random() / 2)
      if (
        attempts > limits.maxRetries ||
        // The same request would fare no better a moment later.
        !/(GET|HEAD) (connection|timeout|rate_limit|server)/.test(`${method} ${code}`) ||
        error.retryAfterMs! > limits.maxRetryAfter ||
        now() + delayMs >= deadline ||
        tokens < 1
      ) {
        tell('onError', { code })
        return answer
      }
      tokens--
      tell('onRetry', { code, delayMs })
    }
  }
}
