import { CekuraError, type CekuraErrorCode } from './cekura-error.ts'
import { retryAfterMs } from './retry-policy.ts'

const codes: { [status: number]: CekuraErrorCode } = {
  400: 'bad_request',
  401: 'authentication',
  403: 'permission',
  404: 'not_found',
  408: 'timeout',
  429: 'rate_limit',
}

const maxMessageLength = 300

const textOf = (html: string): string =>
  html
    .slice(0, 20_000)
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** The words of an error body: `{detail}`, `{field: [messages]}`, `[messages]`, or a web page's text. */
function describeBody(body: unknown, depth = 0): string {
  if (typeof body === 'string') return textOf(body)
  if (typeof body !== 'object' || body === null || depth > 3) return ''
  if (Array.isArray(body)) return body.map((part) => describeBody(part, depth + 1)).join(' ')
  const { detail, error } = body as { detail?: unknown; error?: unknown }
  const words = detail ?? error
  if (typeof words === 'string') return textOf(words)
  return Object.entries(body)
    .map(([field, messages]) => `${field}: ${describeBody(messages, depth + 1)}`)
    .join('; ')
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export interface ResponseFacts {
  response: Response
  text: string
  method: string
  path: string
  attempts: number
  /** Removed wherever the answer repeats it. */
  key: string
  now: number
}

/** The error for an answer that is not a success. */
export function responseError(facts: ResponseFacts): CekuraError {
  const { response, method, path, attempts, key } = facts
  const { status, headers } = response
  const init = {
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    method,
    path,
    attempts,
    retryAfterMs: retryAfterMs(headers, facts.now),
  }
  // A browser hides the status of a redirect it did not follow.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400))
    return new CekuraError(
      `Cannot ${method} ${path}: the service answered with a redirect, which is not followed because the key would go with it; check the base URL`,
      { ...init, code: 'api' },
    )
  const text = facts.text.replaceAll(key, '***')
  const body = parseBody(text)
  const words = describeBody(body).slice(0, maxMessageLength)
  return new CekuraError(
    `Cannot ${method} ${path}: the service answered ${status}${words && `: ${words}`}`,
    { ...init, body, code: codes[status] ?? (status >= 500 ? 'server' : 'api') },
  )
}
