/** A complete request. */
export interface HttpRequest {
  method: string
  /** Path and query as sent. */
  target: string
  /** Names and values alternate, as sent. */
  headers: readonly string[]
  body: Uint8Array
  /** Aborted when the client disconnects. */
  signal: AbortSignal
  /** Position among all requests of the mock, from 1. */
  number: number
}

/** A complete response. */
export interface MockResponse {
  status: number
  /** Names and values alternate. */
  headers: readonly string[]
  body: Uint8Array
}

/** Answers every request of one kind. */
export type Responder = (request: HttpRequest) => Promise<MockResponse>

export const emptyBody: Uint8Array = new Uint8Array()

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

/** Headers without the given names, which are in lower case. */
export function withoutHeaders(headers: readonly string[], names: ReadonlySet<string>): string[] {
  const rest: string[] = []
  for (let n = 0; n < headers.length; n += 2)
    if (!names.has(headers[n]!.toLowerCase())) rest.push(headers[n]!, headers[n + 1]!)
  return rest
}

/** Headers without those of the connection and of its framing. */
export const endToEnd = (headers: readonly string[]): string[] => withoutHeaders(headers, hopByHop)

/** The first value of a header, by its name in lower case. */
export function headerOf(
  { headers }: { headers: readonly string[] },
  name: string,
): string | undefined {
  const at = headers.findIndex((found, n) => n % 2 === 0 && found.toLowerCase() === name)
  return at < 0 ? undefined : headers[at + 1]
}

export const isJsonType = (mediaType = ''): boolean =>
  /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(mediaType)

export const jsonResponse = (
  status: number,
  body: unknown,
  headers: readonly string[] = [],
): MockResponse => ({
  status,
  headers: ['content-type', 'application/json', ...headers],
  body: body === undefined ? emptyBody : new TextEncoder().encode(JSON.stringify(body)),
})

/** A response of the mock about itself, in the shape of RFC 9457. */
export const problemResponse = (
  status: number,
  title: string,
  details: object = {},
): MockResponse => ({
  ...jsonResponse(status, { type: 'about:blank', title, status, ...details }),
  headers: ['content-type', 'application/problem+json'],
})
