import type { IncomingMessage, ServerResponse } from 'node:http'
import type { MockResponse } from '../api/response.ts'

/**
 * Reads a message to its end, because a client that is still sending may not see the response.
 *
 * @returns undefined for a body above `maxBytes`, of which no more is kept
 */
export async function readBody(
  message: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks)
}

/** Sends a complete response; Node leaves out the body for HEAD. */
export function sendResponse(
  response: ServerResponse,
  { status, headers, body }: MockResponse,
): void {
  const bodiless = status === 204 || status === 304
  response.writeHead(
    status,
    bodiless ? [...headers] : [...headers, 'content-length', String(body.length)],
  )
  response.end(bodiless ? undefined : body)
}
