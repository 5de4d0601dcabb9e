import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Answer } from '../gateway/answer.ts'
import type { Backend, GatewayRequest } from '../gateway/start-gateway.ts'

/** Answers from the sandbox in this process. */
export function createSandboxBackend(app: Hono): Backend {
  return {
    listener: getRequestListener(app.fetch),
    async answer({ method, path, headers, body }: GatewayRequest): Promise<Answer> {
      const pairs = headers.flatMap((name, n) =>
        n % 2 === 0 ? [[name, headers[n + 1]!] as [string, string]] : [],
      )
      const response = await app.fetch(
        new Request(new URL(path, 'http://mock.invalid'), {
          method,
          headers: pairs,
          // With a body these two are no Request.
          ...(method !== 'GET' && method !== 'HEAD' && { body: new Uint8Array(body) }),
        }),
      )
      return {
        status: response.status,
        headers: [...response.headers].flat(),
        body: Buffer.from(await response.arrayBuffer()),
      }
    },
  }
}
