import type { CekuraErrorCode } from './cekura-error.ts'

const codes: { [status: number]: CekuraErrorCode } = {
  400: 'bad_request',
  401: 'authentication',
  403: 'permission',
  404: 'not_found',
  408: 'timeout',
  429: 'rate_limit',
}

const noise = /(<(script|style).*?<\/\2>|<[^<>]*>|"(detail|error)":|\\.|["}\]],?|[{[\s])+/gis

/**
 * What an answer that is no success means, with the words of its body: of `{detail}`,
 * `{field: [messages]}`, `[messages]`, or of a web page.
 */
export function explain(status: number, text: string): [CekuraErrorCode, string] {
  const words = text
    .slice(0, 20_000)
    .replaceAll(noise, ' ')
    .replaceAll(' :', ':')
    .trim()
    .slice(0, 300)
  return [
    codes[status] ?? (status < 500 ? 'api' : 'server'),
    `the service answered ${status}${words && `: ${words}`}`,
  ]
}

/** The body as JSON says it, else its text. */
export function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
