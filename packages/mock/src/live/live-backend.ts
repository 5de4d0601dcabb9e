import { Agent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { problemResponse, type HttpRequest, type MockResponse } from '../api/response.ts'
import { exchangeHttp, UpstreamTimeout } from '../gateway/http-exchange.ts'
import type { Finding } from '../prism/violation.ts'
import { readResponse } from './read-response.ts'

const respondWithinMs = 60_000
/** Their responses have no body, or are of no operation. */
const notValidated = new Set(['HEAD', 'OPTIONS', 'TRACE', 'CONNECT'])

export interface LiveOptions {
  /** Base URL of the service. */
  upstream: string
  /** What Prism finds wrong with a response. It gets neither the key nor the body of the request. */
  validate(request: HttpRequest, response: MockResponse): Promise<Finding[]>
  onFindings(request: HttpRequest, status: number, findings: readonly Finding[]): void
  onNotValidated(request: HttpRequest, status: number, reason: string): void
}

/**
 * The service itself: its responses unchanged, and validated.
 *
 * The key is sent to the origin of `upstream` and nowhere else: redirects are returned to the client.
 */
export function createLiveBackend(
  options: LiveOptions,
): (request: HttpRequest) => Promise<MockResponse> {
  const { upstream, validate, onFindings, onNotValidated } = options
  const agent = upstream.startsWith('https:')
    ? new SecureAgent({ keepAlive: true })
    : new Agent({ keepAlive: true })

  async function report(request: HttpRequest, response: MockResponse): Promise<void> {
    if (notValidated.has(request.method)) return
    const { status } = response
    const read = readResponse(response)
    if ('finding' in read) onFindings(request, status, [read.finding])
    else if ('notValidated' in read) onNotValidated(request, status, read.notValidated)
    else
      await validate(request, read.readable).then(
        (findings) => onFindings(request, status, findings),
        (error: Error) => onNotValidated(request, status, error.message),
      )
  }

  return async (request) => {
    if (!request.target.startsWith('/'))
      return problemResponse(400, 'The proxy forwards paths of one service only.')
    try {
      const response = await exchangeHttp(upstream, request, { agent, withinMs: respondWithinMs })
      await report(request, response)
      return response
    } catch (error) {
      if (request.signal.aborted) throw error
      const why =
        error instanceof UpstreamTimeout
          ? `did not respond within ${respondWithinMs} ms`
          : `is not reachable: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`
      onNotValidated(request, 502, `the service ${why}`)
      return problemResponse(502, `The service at ${new URL(upstream).origin} ${why}.`)
    }
  }
}
