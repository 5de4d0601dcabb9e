import * as zlib from 'node:zlib'
import { headerOf, withoutHeaders, type MockResponse } from '../api/response.ts'
import type { Finding } from '../prism/violation.ts'

const isMediaType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;\s*[\w-]+=[^;]+)*$/
const maxOutputLength = 64 * 1_048_576

type Decoder = (body: Uint8Array, limits: { maxOutputLength: number }) => Uint8Array

/** Servers send `deflate` with and without its wrapper. */
const inflate: Decoder = (body, limits) => {
  try {
    return zlib.inflateSync(body, limits)
  } catch {
    return zlib.inflateRawSync(body, limits)
  }
}

const decoders: ReadonlyMap<string, Decoder | undefined> = new Map<string, Decoder | undefined>([
  ['identity', (body) => body],
  ['gzip', zlib.gunzipSync],
  ['x-gzip', zlib.gunzipSync],
  ['deflate', inflate],
  ['br', zlib.brotliDecompressSync],
  // Missing before Node 22.15.
  ['zstd', (zlib as { zstdDecompressSync?: Decoder }).zstdDecompressSync],
])

/** A response in a form that Prism can validate, what is wrong with it, or why it is unknown. */
export type ReadResponse =
  | { readable: MockResponse }
  | { finding: Finding }
  | { notValidated: string }

const found = (location: string, message: string): ReadResponse => ({
  finding: { location: `response.${location}`, message, severity: 'error' },
})

/** Undoes the content encodings, last one first. */
function decode({ headers, body }: MockResponse): Uint8Array | ReadResponse {
  const encodings = (headerOf({ headers }, 'content-encoding') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean)
  let decoded = body
  for (const encoding of encodings.toReversed()) {
    const decoder = decoders.get(encoding)
    if (!decoder) return { notValidated: 'unknown content encoding' }
    try {
      decoded = decoder(decoded, { maxOutputLength })
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? { notValidated: `larger than ${maxOutputLength} bytes decompressed` }
        : found('headers.content-encoding', 'the body does not have its content encoding')
    }
  }
  return decoded
}

/** Reads a response of a service for validation. Messages contain no values of it. */
export function readResponse(response: MockResponse): ReadResponse {
  const { status } = response
  if (status >= 300 && status < 400 && status !== 304) {
    const target = headerOf(response, 'location') ?? ''
    const where = URL.canParse(target) ? new URL(target).origin : 'a path on the same host'
    return found('status', `redirect ${status} to ${where}, which was not followed`)
  }
  const type = headerOf(response, 'content-type')
  if (type !== undefined && !isMediaType.test(type))
    return found('headers.content-type', 'not a valid media type')
  const body = decode(response)
  if (!(body instanceof Uint8Array)) return body
  try {
    if (/[/+]json/i.test(type ?? '')) JSON.parse(new TextDecoder().decode(body))
  } catch {
    return found('body', 'not valid JSON, which its content-type states')
  }
  return {
    readable: {
      status,
      headers: withoutHeaders(response.headers, new Set(['content-encoding'])),
      body,
    },
  }
}
