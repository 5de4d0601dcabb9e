import { CekuraError, type CekuraErrorReason } from '@cekura-kit/client'
import { formatTime } from '../config/time.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import { withFlag, writeCommand } from './suggestion.ts'

/** Causes of a failed connection, by the code of the runtime. */
const connectionCauses: readonly (readonly [RegExp, string])[] = [
  [/CERT|SELF_SIGNED|UNABLE_TO/, 'its certificate is not trusted'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'host not found'],
  [/^ECONNREFUSED$/, 'connection refused'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'connection closed'],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN)$/, 'network unreachable'],
  [/SSL|EPROTO/, 'not a TLS server'],
  [/TIMEOUT|ETIMEDOUT/, 'connection timed out'],
]

const maxTextLength = 300
const notTheApi = 'Unexpected response: not a page of call logs. Check --api-url.'

/** Sentences for reasons that need no details. */
const sentences: Readonly<Partial<Record<CekuraErrorReason, string>>> = {
  redirect: 'Unexpected redirect. Check --api-url.',
  not_json: notTheApi,
  empty_response: notTheApi,
  not_a_page: notTheApi,
  api_key_unavailable: 'Cannot read the API key.',
  missing_api_key: 'No API key. Set CEKURA_API_KEY or use --api-key-file.',
}

const seconds = (ms: number): string => `${ms / 1000} s`

/** Flags by the name of the parameter or option that they set. */
const flags: Readonly<Record<string, string>> = {
  agent_id: '--agent',
  assistant_id: '--assistant',
  call_ids: 'the ids',
  page_size: '--page-size',
  timestamp_from: '--from',
  timestamp_to: '--to',
  baseUrl: 'base URL',
}

/** What a rejected request says, in one line: the messages by field, or the detail. */
function describeRejection(body: unknown): string {
  if (typeof body !== 'object' || body === null) return ''
  const parts = Object.entries(body).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(' ') : String(value)
    return name === 'detail' ? text : `${flags[name] ?? name}: ${text}`
  })
  return escapeControlCharacters(parts.join('; ')).slice(0, maxTextLength)
}

function describeStatus(error: CekuraError<'error_status'>, now: number): string {
  const { status } = error.details
  if (status === 401) return 'Authentication failed (401): the API key was rejected.'
  if (status === 429) {
    const { retryAfterMs } = error
    const time = retryAfterMs === undefined ? 'later' : `at ${formatTime(now + retryAfterMs)}`
    return `Rate limited (429). Try again ${time}.`
  }
  if (status === 400) {
    // Messages about a body can repeat what was sent.
    const why =
      error.method === 'GET' ? describeRejection(error.body) : error.details.fields.join(', ')
    return `The API rejected the request (400)${why ? `: ${why}` : '.'}`
  }
  return `The API returned ${error.message}`
}

function describeConnection({
  baseUrl,
  systemCode = '',
}: {
  baseUrl: string
  systemCode?: string | undefined
}): string {
  const [, cause] = connectionCauses.find(([pattern]) => pattern.test(systemCode)) ?? []
  const why = cause ? `${cause}${systemCode ? `, ${systemCode}` : ''}` : systemCode
  return `Cannot connect to ${baseUrl}${why ? ` (${why})` : ''}.`
}

/** A failure of the client as a sentence for the command line. */
export function formatClientError(error: CekuraError, now: number): string {
  const { hasReason } = CekuraError
  if (hasReason(error, 'error_status')) return describeStatus(error, now)
  if (hasReason(error, 'connection_failed')) return describeConnection(error.details)
  if (hasReason(error, 'attempt_timeout') || hasReason(error, 'total_timeout'))
    return `Timed out after ${seconds(error.details.limit)}. Increase --timeout.`
  if (hasReason(error, 'response_too_large'))
    return `The response is larger than ${error.details.limit} bytes. Use a smaller --page-size.`
  if (hasReason(error, 'pagination_stuck'))
    return `Stopped at page ${error.details.page}: the API keeps returning the same page (static mock?).`
  if (hasReason(error, 'too_many_pages'))
    return `Stopped after ${error.details.limit} pages. Choose a shorter time range.`
  if (hasReason(error, 'invalid_parameter')) {
    const { parameter, expected } = error.details
    return `Invalid ${flags[parameter] ?? parameter}: expected ${expected}.`
  }
  if (hasReason(error, 'invalid_option')) {
    const { option, expected } = error.details
    return `Invalid ${flags[option] ?? option}: expected ${expected}.`
  }
  if (hasReason(error, 'invalid_api_key'))
    return `Invalid API key: expected ${error.details.expected}.`
  return sentences[error.reason] ?? error.message
}

/** Whether the API rejects the page size; its maximum is not documented. */
export const rejectsPageSize = (error: CekuraError): boolean =>
  CekuraError.hasReason(error, 'error_status') && error.details.fields.includes('page_size')

/** A command that fixes this failure, where its code alone does not tell. */
export function suggestFix(error: CekuraError, args: readonly string[]): string | undefined {
  if (rejectsPageSize(error)) return withFlag(args, '--page-size', '20')
  if (!CekuraError.hasReason(error, 'connection_failed')) return undefined
  return /SELF_SIGNED|UNABLE_TO/.test(error.details.systemCode ?? '')
    ? `NODE_EXTRA_CA_CERTS=<ca.pem> ${writeCommand(args)}  # <ca.pem> holds the certificate of its signer`
    : undefined
}
