import { apiKeyHeader } from '@cekura-kit/types'
import { isJson, type Node } from '../document/contract-document.ts'
import { toTexts } from '../document/sample-texts.ts'
import { NoResponseError } from '../suite/errors.ts'
import { describeRequest, type TestRequest, type TestResponse } from './request.ts'

export interface HttpOptions {
  url: string
  key: string
  timeoutMs?: number
}

const formType = 'multipart/form-data'

/** A body as it is sent. */
export function encodeBody(body: unknown, mediaType: string): string | URLSearchParams | FormData {
  if (isJson(mediaType)) return JSON.stringify(body)
  const isForm = mediaType === formType
  if (!isForm && mediaType !== 'application/x-www-form-urlencoded') return String(body)
  const form = isForm ? new FormData() : new URLSearchParams()
  for (const [name, value] of Object.entries(body as Node))
    for (const text of toTexts(value)) form.append(name, text)
  return form
}

/** Sends requests to one base URL. Does not follow redirects. */
export function createHttpClient({ url, key, timeoutMs = 20_000 }: HttpOptions) {
  return async (request: TestRequest): Promise<TestResponse> => {
    const description = describeRequest(request)
    const sentKey = request.key === undefined ? key : request.key
    const { body, mediaType = 'application/json' } = request
    const hasBody = body !== undefined
    try {
      const response = await fetch(url + description.slice(description.indexOf(' ') + 1), {
        method: request.method ?? 'GET',
        headers: {
          accept: 'application/json, */*;q=0.1',
          // The platform adds the boundary between the parts of a form.
          ...(hasBody && mediaType !== formType && { 'content-type': mediaType }),
          ...(sentKey !== null && { [apiKeyHeader]: sentKey }),
          ...request.headers,
        },
        ...(hasBody && { body: encodeBody(body, mediaType) }),
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
