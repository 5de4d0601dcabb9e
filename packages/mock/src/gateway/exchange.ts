import { request, type Agent } from 'node:http'
import { endToEnd, readBody, withoutHeaders, type Answer } from './answer.ts'
import type { GatewayRequest } from './start-gateway.ts'

export class TooLate extends Error {}

const host = new Set(['host'])
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])

/**
 * Hands one request on and reads the whole answer. It goes to the origin it is told and to no other:
 * a redirect is an answer like any.
 *
 * @param agent of the origin's protocol
 * @throws {TooLate} when it takes longer than `withinMs`
 */
export function exchange(
  origin: string,
  { method, path, headers, body, signal }: GatewayRequest,
  { agent, withinMs }: { agent: Agent; withinMs: number },
): Promise<Answer> {
  const url = new URL(origin)
  // Without a length the other side would wait for a body.
  const length = body.length > 0 || !bodiless.has(method) ? String(body.length) : undefined
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        path: url.pathname.replace(/\/$/, '') + path,
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
        readBody(incoming).then(
          (all) =>
            resolve({
              status: incoming.statusCode!,
              headers: endToEnd(incoming.rawHeaders),
              body: all,
            }),
          reject,
        )
      },
    )
    const late = setTimeout(() => outgoing.destroy(new TooLate()), withinMs)
    outgoing.on('error', reject).on('close', () => clearTimeout(late))
    outgoing.end(body)
  })
}
