import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RecordedRequest {
  method: string
  /** Path and query as they came over the wire. */
  target: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Reply {
  status?: number
  statusText?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

export interface RecordingServer extends AsyncDisposable {
  url: string
  requests: RecordedRequest[]
}

/** A real server that records whole requests and replies to each with the next reply. */
export async function startRecordingServer(
  ...replies: (Reply | ((request: RecordedRequest) => Reply))[]
): Promise<RecordingServer> {
  const requests: RecordedRequest[] = []
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method = '', url: target = '', headers } = incoming
    const request = { method, target, headers, body: Buffer.concat(chunks) }
    requests.push(request)
    const next = replies[Math.min(requests.length, replies.length) - 1] ?? {}
    const reply = typeof next === 'function' ? next(request) : next
    const { status = 200, statusText, headers: sent, body } = reply
    response.writeHead(status, statusText, { 'content-type': 'application/json', ...sent })
    response.end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
