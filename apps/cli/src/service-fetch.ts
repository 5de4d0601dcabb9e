import type { ClientOptions, FetchInit } from '@cekura-kit/client'
import { apiKeyHeader } from '@cekura-kit/types'
import type { Err } from './terminal/err.ts'
import { printable } from './terminal/printable.ts'

/** A `fetch` as the client calls it, with a whole `Response`. */
export type ServiceFetch = (url: string, init: FetchInit) => Promise<Response>

/** Parameters whose values say nothing about a person. */
const plainParameters = new Set(['agent_id', 'page', 'page_size', 'timestamp_from', 'timestamp_to'])
/** Headers of an answer that may be told; none of a request is. */
const plainHeaders = ['content-type', 'content-length', 'retry-after', 'deprecation', 'sunset']

/** An address as it may be told: parameters that could name a person have no value. */
export function tellUrl(address: string): string {
  const url = new URL(address)
  const query = [...url.searchParams].map(
    ([name, value]) => `${name}=${plainParameters.has(name) ? value : '…'}`,
  )
  return `${url.origin}${url.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** Timers take no more. */
const maxMs = 2 ** 31 - 1
const defaultTimeoutMs = 30_000
const minTotalMs = 120_000

/**
 * Times for the client, in which its requests' turns under `--max-rps` are no part of what a
 * request may take: those that are under way together wait for one another.
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
  const answerMs = timeout ?? defaultTimeoutMs
  const waitMs = maxRps === undefined ? 0 : Math.ceil((1000 / maxRps) * concurrency)
  // Room for every attempt and the waits between them.
  return {
    timeout: Math.min(maxMs, answerMs + waitMs),
    totalTimeout: Math.min(maxMs, Math.max(minTotalMs, answerMs * 4) + waitMs * 4),
  }
}

const maxLoggedCharacters = 2000

/** Tells an answer's body, of which it is read once only. @returns the same answer */
async function tellAnswer(response: Response, init: FetchInit, err: Err): Promise<Response> {
  const text = await response.text()
  const key = new Headers(init.headers).get(apiKeyHeader)
  const safe = key ? text.replaceAll(key, '***') : text
  const rest = text.length > maxLoggedCharacters ? `… (${text.length} characters)` : ''
  err.debug(`answer: ${printable(safe.slice(0, maxLoggedCharacters))}${rest}`)
  const { status, statusText, headers } = response
  return new Response(text === '' ? null : text, { status, statusText, headers })
}

export interface FetchOptions {
  maxRps: number | undefined
  now(): number
  /** Tells what was answered, too. */
  tellsAnswers?: boolean
  fetch?: ServiceFetch
}

/** The `fetch` of the client: paced, told with `--debug`, and listening for a deprecation. */
export function createServiceFetch(
  err: Err,
  { maxRps, now, tellsAnswers, fetch }: FetchOptions,
): ServiceFetch {
  const send: ServiceFetch = fetch ?? ((url, init) => globalThis.fetch(url, init))
  const gapMs = maxRps === undefined ? 0 : 1000 / maxRps
  let next = 0
  let isDeprecationTold = false

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
      err.debug(`${init.method} ${tellUrl(url)} no answer after ${now() - start} ms`)
      throw error
    }
    const { status, headers } = response
    const told = plainHeaders.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [`${name}: ${value}`]
    })
    err.debug(
      `${init.method} ${tellUrl(url)} ${status} in ${now() - start} ms, request id ${headers.get('x-request-id') ?? 'none'}${told.map((line) => `, ${line}`).join('')}`,
    )
    if (!isDeprecationTold && headers.has('deprecation')) {
      isDeprecationTold = true
      const sunset = headers.get('sunset')
      err.note(
        `The service says that this operation is deprecated${sunset ? ` and ends ${sunset}` : ''}; look for a newer version of cekura-logs.`,
      )
    }
    return tellsAnswers ? tellAnswer(response, init, err) : response
  }
}
