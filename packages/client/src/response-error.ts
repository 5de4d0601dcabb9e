import type { CekuraErrorCode } from './cekura-error.ts'

const codes: { [status: number]: CekuraErrorCode } = {
  400: 'bad_request',
  401: 'authentication',
  403: 'permission',
  404: 'not_found',
  408: 'timeout',
  429: 'rate_limit',
}

export const codeOf = (status: number): CekuraErrorCode =>
  codes[status] ?? (status < 500 ? 'api' : 'server')

const noise = /(<(script|style).*?<\/\2>|<[^<>]*>|"(detail|error)":|\\.|["}\]],?|[{[\s])+/gis

/** The words of an error body: `{detail}`, `{field: [messages]}`, `[messages]`, or a web page's text. */
export const wordsOf = (text: string): string =>
  text.slice(0, 20_000).replaceAll(noise, ' ').replaceAll(' :', ':').trim().slice(0, 300)

/** The body as JSON says it, else its text. */
export function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
