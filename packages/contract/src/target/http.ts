import { apiKeyHeader } from '@cekura-kit/types'
import { NoResponseError } from '../suite/errors.ts'
import { describeRequest, type TestRequest, type TestResponse } from './request.ts'

export interface HttpOptions {
  url: string
  key: string
  timeoutMs?: number
}

/** Sends requests to one base URL. Does not follow redirects. */
export function createHttpClient({ url, key, timeoutMs = 20_000 }: HttpOptions) {
  return async (request: TestRequest): Promise<TestResponse> => {
    const description = describeRequest(request)
    const sentKey = request.key === undefined ? key : request.key
    const hasBody = request.body !== undefined
    try {
      const response = await fetch(url + description.slice(description.indexOf(' ') + 1), {
        method: request.method ?? 'GET',
        headers: {
          accept: 'application/json',
          ...(hasBody && { 'content-type': 'application/json' }),
          ...(sentKey !== null && { [apiKeyHeader]: sentKey }),
          ...request.headers,
        },
        ...(hasBody && { body: JSON.stringify(request.body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return {
        status: response.status,
        headers: response.headers,
        text: await response.text(),
        request: description,
      }
    } catch (cause) {
      const { name, message } = cause as Error
      const reason = (cause as { cause?: Error }).cause?.message || message
      throw new NoResponseError(
        `${description}: no response${name === 'TimeoutError' ? ` within ${timeoutMs} ms` : ` (${reason})`}`,
        { cause },
      )
    }
  }
}
