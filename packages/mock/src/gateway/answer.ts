import type { IncomingMessage, ServerResponse } from 'node:http'

/** A whole answer in memory. */
export interface Answer {
  status: number
  /** Names and values in turn, as they came. */
  headers: string[]
  body: Buffer
}

// They speak of one connection, not of the answer.
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

/** Headers in turn, without those that are named, in lower case. */
export function withoutHeaders(headers: readonly string[], names: ReadonlySet<string>): string[] {
  const left: string[] = []
  for (let n = 0; n < headers.length; n += 2)
    if (!names.has(headers[n]!.toLowerCase())) left.push(headers[n]!, headers[n + 1]!)
  return left
}

/** Headers in turn, without those of the connection and of the framing. */
export const endToEnd = (headers: readonly string[]): string[] => withoutHeaders(headers, hopByHop)

/** The first value of a header, by its name in lower case. */
export function headerOf({ headers }: { headers: string[] }, name: string): string | undefined {
  const at = headers.findIndex((found, n) => n % 2 === 0 && found.toLowerCase() === name)
  return at < 0 ? undefined : headers[at + 1]
}

export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  const bodiless = status === 204 || status === 304
  response.writeHead(
    status,
    bodiless ? headers : [...headers, 'content-length', String(body.length)],
  )
  response.end(bodiless ? undefined : body)
}

/** An answer of the mock itself, about itself. */
export function problemAnswer(status: number, title: string): Answer {
  return {
    status,
    headers: ['content-type', 'application/problem+json'],
    body: Buffer.from(JSON.stringify({ type: 'about:blank', title, status })),
  }
}
