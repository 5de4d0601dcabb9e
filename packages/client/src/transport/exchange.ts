import type { Fetch, FetchInit, FetchResponse } from './fetch.ts'
import { readBody } from './read-body.ts'
import type { Redact } from './redact.ts'

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
  headers: Pick<FetchResponse['headers'], 'get' | 'forEach'>
  bytes: Uint8Array
  text: string
  /** The body was longer than the limit. */
  isCut: boolean
}

interface Received {
  response: FetchResponse
  bytes: Uint8Array
  isCut: boolean
}

export const isOk = (status: number): boolean => status >= 200 && status < 300

const decoder = new TextDecoder()

const maxErrorBytes = 100_000

/** React Native has no streams. */
export const isStream = (body: unknown): boolean =>
  typeof ReadableStream !== 'undefined' && body instanceof ReadableStream

/** Sends a request once and reads the whole response, at most `maxBytes` of a success. */
export async function exchange(
  fetch: Fetch,
  { method, url, headers, body }: WireRequest,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Received> {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    // A redirect would take the key to wherever the response points.
    redirect: 'manual',
    ...(body !== undefined && { body }),
    ...(isStream(body) && { duplex: 'half' as const }),
  })
  const limit = isOk(response.status) ? maxBytes : maxErrorBytes
  return { response, ...(await readBody(response, limit)) }
}

/** A response without the key, which it can repeat anywhere. */
export function redactResponse({ response, bytes, isCut }: Received, redact: Redact): WireResponse {
  const { status, statusText = '', headers } = response
  const text = decoder.decode(bytes)
  const safeText = redact(text)
  return {
    status,
    statusText: redact(statusText),
    headers: {
      get(name) {
        const value = headers.get(name)
        return value === null ? null : redact(value)
      },
      forEach: (visit) => headers.forEach((value, name) => visit(redact(value), name)),
    },
    bytes: safeText === text ? bytes : new TextEncoder().encode(safeText),
    text: safeText,
    isCut,
  }
}
