import { CekuraError, type CekuraErrorCode } from './cekura-error.ts'

const codes: { [status: number]: CekuraErrorCode } = {
  400: 'bad_request',
  401: 'authentication',
  403: 'permission',
  404: 'not_found',
  429: 'rate_limit',
}

const maxMessageLength = 300

/** The words of an error body: `{detail}`, `{field: [messages]}`, `[messages]`, or a web page's text. */
function describeBody(body: unknown): string {
  if (typeof body === 'string')
    return body
      .replaceAll(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  if (Array.isArray(body)) return body.map(describeBody).join(' ')
  if (typeof body !== 'object' || body === null) return ''
  if ('detail' in body && typeof body.detail === 'string') return body.detail
  return Object.entries(body)
    .map(([field, messages]) => `${field}: ${describeBody(messages)}`)
    .join('; ')
}

/** `Retry-After` as whole seconds, in milliseconds; undefined when absent or of another form. */
function retryAfterMs(response: Response): number | undefined {
  const value = response.headers.get('retry-after')
  return value && /^\d+$/.test(value) ? Number(value) * 1000 : undefined
}

/** The error for an answer that is not a success. */
export function responseError(
  response: Response,
  body: unknown,
  method: string,
  path: string,
): CekuraError {
  const { status } = response
  const code = codes[status] ?? (status >= 500 ? 'server' : 'api')
  const words = describeBody(body).slice(0, maxMessageLength)
  return new CekuraError(
    `Cannot ${method} ${path}: the service answered ${status}${words && `: ${words}`}`,
    {
      code,
      status,
      body,
      requestId: response.headers.get('x-request-id') ?? undefined,
      method,
      path,
      retryAfterMs: retryAfterMs(response),
    },
  )
}
