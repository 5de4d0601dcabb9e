import { request, type Agent, type IncomingMessage } from 'node:http'
import { endToEnd, withoutHeaders, type HttpRequest, type MockResponse } from '../api/response.ts'
import { readBody } from './read-body.ts'

/** The upstream did not respond completely in time. */
export class UpstreamTimeout extends Error {
  override readonly name = 'UpstreamTimeout'
}

const host = new Set(['host'])
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])
const maxResponseBytes = 64 * 1_048_576

async function readResponse(incoming: IncomingMessage): Promise<MockResponse> {
  const body = await readBody(incoming, maxResponseBytes)
  if (!body) throw new Error(`response larger than ${maxResponseBytes} bytes`)
  return { status: incoming.statusCode!, headers: endToEnd(incoming.rawHeaders), body }
}

/**
 * Forwards one request and reads the complete response, of up to 64 MiB. It goes to that origin and
 * to no other: a redirect is returned like any response.
 *
 * @param options.agent for the protocol of the origin
 * @throws {UpstreamTimeout} after `withinMs`
 */
export function exchangeHttp(
  origin: string,
  { method, target, headers, body, signal }: HttpRequest,
  { agent, withinMs }: { agent: Agent; withinMs: number },
): Promise<MockResponse> {
  const url = new URL(origin)
  // Without a length the upstream would wait for a body.
  const length = body.length > 0 || !bodiless.has(method) ? String(body.length) : undefined
  let hasResponse = false
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        path: url.pathname.replace(/\/$/, '') + target,
        agent,
        headers: [
          'host',
          url.host,
          ...withoutHeaders(endToEnd(headers), host),
          ...(length === undefined ? [] : ['content-length', length]),
        ],
        signal,
      },
      (incoming) => {
        hasResponse = true
        void readResponse(incoming).then(resolve, reject)
      },
    )
    const timer = setTimeout(() => outgoing.destroy(new UpstreamTimeout()), withinMs)
    outgoing.on('error', reject).on('close', () => {
      clearTimeout(timer)
      // A response that has started settles on its own: reading it fails if it is cut.
      if (!hasResponse) reject(new Error('connection closed'))
    })
    outgoing.end(body)
  })
}
