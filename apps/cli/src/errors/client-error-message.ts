import { CekuraError, type CekuraErrorDetails, type CekuraErrorReason } from '@cekura-kit/client'
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
}: CekuraErrorDetails['connection_failed']): string {
  const [, cause] = connectionCauses.find(([pattern]) => pattern.test(systemCode)) ?? []
  const why = [cause, systemCode].filter(Boolean).join(', ')
  return `Cannot connect to ${baseUrl}${why ? ` (${why})` : ''}.`
}

const notTheApi = (): string => 'Unexpected response: not a page of call logs. Check --api-url.'
const timedOut = ({ limit }: { limit: number }): string =>
  `Timed out after ${limit / 1000} s. Increase --timeout.`
const invalid = (name: string, expected: string): string =>
  `Invalid ${flags[name] ?? name}: expected ${expected}.`

/** Sentences by reason; others keep the message of the client. */
const sentences: {
  [Reason in CekuraErrorReason]?: (details: CekuraErrorDetails[Reason]) => string
} = {
  redirect: () => 'Unexpected redirect. Check --api-url.',
  not_json: notTheApi,
  empty_response: notTheApi,
  not_a_page: notTheApi,
  invalid_api_key: ({ expected }) => invalid('API key', expected),
  invalid_option: ({ option, expected }) => invalid(option, expected),
  invalid_parameter: ({ parameter, expected }) => invalid(parameter, expected),
  connection_failed: describeConnection,
  attempt_timeout: timedOut,
  total_timeout: timedOut,
  response_too_large: ({ limit }) => `The response is larger than ${limit} bytes.`,
  pagination_stuck: ({ page }) =>
    `Stopped at page ${page}: the API keeps returning the same page (static mock?).`,
  too_many_pages: ({ limit }) => `Stopped after ${limit} pages. Choose a shorter time range.`,
}

/** A failure of the client as a sentence for the command line. */
export function formatClientError(error: CekuraError, now: number): string {
  if (CekuraError.hasReason(error, 'error_status')) return describeStatus(error, now)
  const sentence = sentences[error.reason] as ((details: object) => string) | undefined
  return sentence?.(error.details) ?? error.message
}

/** Whether the API rejects the page size; its maximum is not documented. */
export const rejectsPageSize = (error: CekuraError): boolean =>
  CekuraError.hasReason(error, 'error_status') && error.details.fields.includes('page_size')

/** A command that probably succeeds, if the failure says what to change. */
export function suggestFix(error: CekuraError, args: readonly string[]): string | undefined {
  if (error.code === 'timeout') return withFlag(args, '--timeout', '2m')
  if (rejectsPageSize(error)) return withFlag(args, '--page-size', '20')
  if (!CekuraError.hasReason(error, 'connection_failed')) return undefined
  return /SELF_SIGNED|UNABLE_TO/.test(error.details.systemCode ?? '')
    ? `NODE_EXTRA_CA_CERTS=<ca.pem> ${writeCommand(args)}  # <ca.pem> holds the certificate of its signer`
    : undefined
}
