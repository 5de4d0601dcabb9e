import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export const call = (id: number) => ({
  id,
  call_id: `call_${id}`,
  timestamp: '2026-11-24T10:00:00Z',
  status: 'success',
  topic: 'x'.repeat(2500),
})

/** A service of our own, where an answer has to be slow, large or wrong. */
export async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Pages of 100 calls; 2100 calls are some 5 MB. */
export const pages =
  (total: number): RequestListener =>
  (request, response) => {
    const page = Number(new URL(request.url!, 'http://x').searchParams.get('page') ?? 1)
    const from = (page - 1) * 100
    const length = Math.max(0, Math.min(100, total - from))
    const next = from + length < total ? `http://127.0.0.1/?page=${page + 1}` : null
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        count: total,
        next,
        previous: null,
        results: Array.from({ length }, (_, index) => call(from + index + 1)),
      }),
    )
  }

/** The same answer to everything. */
export const answer =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-request-id': 'req-7',
      ...headers,
    })
    response.end(body)
  }
