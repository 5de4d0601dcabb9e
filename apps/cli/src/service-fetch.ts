import type { ClientOptions, FetchInit } from '@cekura-kit/client'
import { apiKeyHeader } from '@cekura-kit/types'
import type { Err } from './terminal/stderr.ts'
import { escapeControlCharacters } from './terminal/escape-control-characters.ts'

/** A `fetch` as the client calls it, with a whole `Response`. */
export type ServiceFetch = (url: string, init: FetchInit) => Promise<Response>

/** Parameters whose values say nothing about a person. */
const plainParameters = new Set(['agent_id', 'page', 'page_size', 'timestamp_from', 'timestamp_to'])
/** Response headers that are logged; request headers are not. */
const plainHeaders = ['content-type', 'content-length', 'retry-after', 'deprecation', 'sunset']

/** A URL for logs: parameters that could identify a person have no value. */
export function redactUrl(text: string): string {
  const url = new URL(text)
  const query = [...url.searchParams].map(
    ([name, value]) => `${name}=${plainParameters.has(name) ? value : '…'}`,
  )
  return `${url.origin}${url.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** Maximum of a timer. */
const maxMs = 2 ** 31 - 1
const defaultTimeoutMs = 30_000
const minTotalMs = 120_000

/**
 * Timeouts for the client. Concurrent requests wait for each other under `--max-rps`; that delay does
 * not count as part of a request.
 */
export function planTimeouts({
  timeout,
  maxRps,
  concurrency,
}: {
  timeout: number | undefined
  maxRps: number | undefined
  concurrency: number
}): Pick<ClientOptions, 'timeout' | 'totalTimeout'> {
  if (timeout === undefined && maxRps === undefined) return {}
  const responseMs = timeout ?? defaultTimeoutMs
  const waitMs = maxRps === undefined ? 0 : Math.ceil((1000 / maxRps) * concurrency)
  // Includes every attempt and the delays between them.
  return {
    timeout: Math.min(maxMs, responseMs + waitMs),
    totalTimeout: Math.min(maxMs, Math.max(minTotalMs, responseMs * 4) + waitMs * 4),
  }
}

const maxLoggedCharacters = 2000

/** Logs a response body. A body can be read once. @returns an equal response */
async function logResponse(response: Response, init: FetchInit, err: Err): Promise<Response> {
  const text = await response.text()
  const key = new Headers(init.headers).get(apiKeyHeader)
  const safe = key ? text.replaceAll(key, '***') : text
  const rest = text.length > maxLoggedCharacters ? `… (${text.length} characters)` : ''
  err.debug(`response: ${escapeControlCharacters(safe.slice(0, maxLoggedCharacters))}${rest}`)
  const { status, statusText, headers } = response
  return new Response(text === '' ? null : text, { status, statusText, headers })
}

export interface FetchOptions {
  maxRps: number | undefined
  now(): number
  /** Also logs response bodies. */
  logBodies?: boolean
  fetch?: ServiceFetch
}

/** The `fetch` of the client: with `--max-rps`, `--debug` and a notice of deprecation. */
export function createServiceFetch(
  err: Err,
  { maxRps, now, logBodies, fetch }: FetchOptions,
): ServiceFetch {
  const send: ServiceFetch = fetch ?? ((url, init) => globalThis.fetch(url, init))
  const gapMs = maxRps === undefined ? 0 : 1000 / maxRps
  let next = 0
  let isDeprecationNoted = false

  async function takeTurn(signal: AbortSignal | null | undefined): Promise<void> {
    const waitMs = next - now()
    next = Math.max(now(), next) + gapMs
    if (waitMs <= 0) return
    const { setTimeout: wait } = await import('node:timers/promises')
    await wait(waitMs, undefined, signal ? { signal } : {})
  }

  return async (url, init) => {
    if (gapMs > 0) await takeTurn(init.signal)
    const start = now()
    let response: Response
    try {
      response = await send(url, init)
    } catch (error) {
      err.debug(`${init.method} ${redactUrl(url)} no response after ${now() - start} ms`)
      throw error
    }
    const { status, headers } = response
    const logged = plainHeaders.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [`${name}: ${value}`]
    })
    err.debug(
      `${init.method} ${redactUrl(url)} ${status} in ${now() - start} ms, request id ${headers.get('x-request-id') ?? 'none'}${logged.map((line) => `, ${line}`).join('')}`,
    )
    if (!isDeprecationNoted && headers.has('deprecation')) {
      isDeprecationNoted = true
      const sunset = headers.get('sunset')
      err.note(
        `The API marks this operation as deprecated${sunset ? ` until ${sunset}` : ''}. Check for a newer version of cekura-logs.`,
      )
    }
    return logBodies ? logResponse(response, init, err) : response
  }
}
