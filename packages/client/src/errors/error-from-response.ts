import { isObject } from '../is-object.ts'
import type { CekuraErrorCode } from './cekura-error.ts'

const codesByStatus: { readonly [status: number]: CekuraErrorCode } = {
  400: 'bad_request',
  401: 'authentication',
  403: 'permission',
  404: 'not_found',
  408: 'timeout',
  429: 'rate_limit',
}

/** Statuses whose messages repeat what was sent. */
const validationStatuses = new Set([400, 422])

const maxTextLength = 300

/** The body as JSON, otherwise as text. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Field names of a 400, such as `metadata.region` or `transcript_json[0].role`. */
function listFields(value: unknown, at = '', depth = 0): string[] {
  const isList = Array.isArray(value) && value.some(isObject)
  if (depth > 5 || !(isList || isObject(value))) return [at]
  // Django writes `{}` for an item of a list that is valid.
  return Object.entries(value as object).flatMap(([name, child]: [string, unknown]) => {
    if (isList) return isObject(child) ? listFields(child, `${at}[${name}]`, depth + 1) : []
    return listFields(child, at ? `${at}.${name}` : name, depth + 1)
  })
}

/** Names that say nothing about a field. */
const generalNames = new Set(['', 'detail', 'error', 'message', 'non_field_errors'])

/** Text for a message: one line, without control characters that a terminal would obey. */
const toLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, maxTextLength)

/** What the body says: `{detail}` and the like, or plain text. A web page says nothing useful. */
function readMessage(body: unknown): string {
  const text = isObject(body) ? (body['detail'] ?? body['error'] ?? body['message']) : body
  return typeof text === 'string' && !text.trimStart().startsWith('<') ? toLine(text) : ''
}

export interface DescribedResponse {
  code: CekuraErrorCode
  message: string
  fields: string[]
  body: unknown
}

/**
 * What an error status means: its code, one line with the message of the body, and the names of the
 * fields that a 400 is about. The messages of a 400 can repeat what was sent, so only names are
 * used.
 */
export function describeErrorResponse(
  status: number,
  statusText: string,
  text: string,
): DescribedResponse {
  const body = parseBody(text)
  const isValidation = validationStatuses.has(status)
  const fields = isValidation
    ? listFields(body)
        .map(toLine)
        .filter((name) => !generalNames.has(name))
    : []
  const words = isValidation ? fields.slice(0, 10).join(', ') : readMessage(body)
  const head = `${status} ${toLine(statusText)}`.trim()
  return {
    code: codesByStatus[status] ?? (status >= 500 && status < 600 ? 'server' : 'api'),
    message: words ? `${head}: ${isValidation ? 'check ' : ''}${words}` : head,
    fields,
    body,
  }
}
