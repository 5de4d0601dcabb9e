import { apiKeyHeader } from '@cekura-kit/types'
import type { FetchInit, FetchResponse, Fetch } from './fetch.ts'
import { readBody } from './read-body.ts'
import { redactError, type Redact } from './redact.ts'

// In lower case, like the headers it is added to.
const keyHeader = apiKeyHeader.toLowerCase()

/** A request as it goes over the wire, without the key. */
export interface WireRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body?: FetchInit['body'] | undefined
}

/** A response with its body read, and without the key in any spelling. */
export interface WireResponse {
  status: number
  statusText: string
  url: string
  headers: Pick<FetchResponse['headers'], 'get' | 'forEach'>
  bytes: Uint8Array
  text: string
  /** The body was longer than the limit. */
  isCut: boolean
}

/** What `fetch` threw, also while the body was read; without the key. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure'
}

const isOk = (status: number): boolean => status >= 200 && status < 300

const isStream = (body: FetchInit['body']): boolean =>
  typeof ReadableStream !== 'undefined' && body instanceof ReadableStream

async function exchange(
  fetch: Fetch,
  url: string,
  init: FetchInit,
  maxBytes: { ok: number; error: number },
) {
  const response = await fetch(url, init)
  const limit = isOk(response.status) ? maxBytes.ok : maxBytes.error
  return { response, ...(await readBody(response, limit)) }
}

const redactHeaders = (
  headers: FetchResponse['headers'],
  redact: Redact,
): WireResponse['headers'] => ({
  get(name) {
    const value = headers.get(name)
    return value === null ? null : redact(value)
  },
  forEach: (visit) => headers.forEach((value, name) => visit(redact(value), name)),
})

/**
 * Sends a request once and reads the whole response.
 *
 * @throws {NetworkFailure} when `fetch` fails, also while the body is read
 */
export async function sendAttempt(
  fetch: Fetch,
  request: WireRequest,
  key: string,
  redact: Redact,
  maxBytes: { ok: number; error: number },
  signal: AbortSignal,
): Promise<WireResponse> {
  const { method, url, headers, body } = request
  const init: FetchInit = {
    method,
    headers: { ...headers, [keyHeader]: key },
    signal,
    // A redirect would take the key to wherever the response points.
    redirect: 'manual',
    ...(body !== undefined && { body }),
    ...(isStream(body) && { duplex: 'half' as const }),
  }
  const { response, bytes, isCut } = await exchange(fetch, url, init, maxBytes).catch(
    (cause: unknown) => {
      throw new NetworkFailure('fetch failed', { cause: redactError(cause, redact) })
    },
  )
  const text = new TextDecoder().decode(bytes)
  const safeText = redact(text)
  return {
    status: response.status,
    statusText: redact(response.statusText ?? ''),
    url: redact(response.url ?? url),
    headers: redactHeaders(response.headers, redact),
    bytes: safeText === text ? bytes : new TextEncoder().encode(safeText),
    text: safeText,
    isCut,
  }
}
