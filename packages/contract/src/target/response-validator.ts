import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpClient } from './http.ts'
import type { TestRequest } from './request.ts'

/** A response that the stub upstream sends. */
export interface StubResponse {
  status: number
  headers?: Record<string, string>
  body: string
}

/** How the engine of the target handles a response. */
export interface ValidationResult {
  status: number
  violations: readonly string[]
}

/** The engine of the target in front of a server that sends any response. */
export interface ResponseValidator extends AsyncDisposable {
  validate(request: TestRequest, response: StubResponse): Promise<ValidationResult>
}

export const jsonHeaders = { 'content-type': 'application/json' }

/** Starts a stub upstream, and a proxy in front of it that validates responses. */
export async function startResponseValidator(
  startProxy: (upstream: string) => Promise<{ url: string } & AsyncDisposable>,
): Promise<ResponseValidator> {
  let next: StubResponse = { status: 200, body: '' }
  const upstream = createServer((_, response) => {
    const { status, headers = jsonHeaders, body } = next
    response.writeHead(status, headers).end(body)
  })
  await once(upstream.listen(0, '127.0.0.1'), 'listening')
  const { port } = upstream.address() as AddressInfo
  const proxy = await startProxy(`http://127.0.0.1:${port}`)
  const send = createHttpClient({ url: proxy.url, key: 'contract-key' })
  return {
    validate(request, response) {
      next = response
      return send(request)
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      upstream.closeAllConnections()
      await new Promise((done) => upstream.close(done))
    },
  }
}
