import {
  CekuraError,
  type CekuraErrorCode,
  type CekuraErrorDetails,
  type CekuraErrorInit,
  type CekuraErrorReason,
} from './cekura-error.ts'

const didYouMean = (suggestion: string | undefined, otherwise = ''): string =>
  suggestion === undefined ? otherwise : ` Did you mean "${suggestion}"?`

const mebibyte = 2 ** 20
const formatBytes = (bytes: number): string =>
  bytes % mebibyte === 0 ? `${bytes / mebibyte} MiB` : `${bytes} bytes`

/** Code and message of every failure. Values that were passed or received are in no message. */
const failures: {
  readonly [Reason in CekuraErrorReason]: readonly [
    code: CekuraErrorCode,
    message: (details: CekuraErrorDetails[Reason]) => string,
  ]
} = {
  invalid_option: ['usage', ({ option, expected }) => `Invalid ${option}: expected ${expected}.`],
  unknown_option: [
    'usage',
    ({ option, suggestion }) => `Unknown option "${option}".${didYouMean(suggestion)}`,
  ],
  missing_api_key: ['usage', () => 'No API key. Pass apiKey or set CEKURA_API_KEY.'],
  invalid_api_key: ['usage', ({ expected }) => `Invalid API key: expected ${expected}.`],
  missing_parameter: [
    'usage',
    ({ parameter }) => `Missing ${parameter}: the operation requires it.`,
  ],
  invalid_parameter: [
    'usage',
    ({ parameter, expected }) => `Invalid ${parameter}: expected ${expected}.`,
  ],
  unknown_parameter: [
    'usage',
    ({ parameter, suggestion }) =>
      `Unknown parameter ${JSON.stringify(parameter)}.${didYouMean(suggestion, ' Use extraQuery for undocumented query parameters.')}`,
  ],
  foreign_url: ['usage', ({ baseUrl }) => `Cannot send a request to another URL than ${baseUrl}.`],
  error_status: ['api', ({ status }) => `${status}`],
  redirect: ['api', () => 'Unexpected redirect. Check baseUrl.'],
  response_too_large: [
    'invalid_response',
    ({ limit }) =>
      `Response exceeds maxResponseBytes (${formatBytes(limit)}). Lower page_size or raise the limit.`,
  ],
  not_json: ['invalid_response', () => 'Unexpected response: not valid JSON. Check baseUrl.'],
  empty_response: [
    'invalid_response',
    () => 'Unexpected response: the body is empty. Check baseUrl.',
  ],
  not_a_page: [
    'invalid_response',
    () => 'Unexpected response: not a page with results and next. Check baseUrl.',
  ],
  failed_validation: ['invalid_response', () => 'Response failed validation. See error.cause.'],
  pagination_stuck: [
    'invalid_response',
    ({ page, next }) =>
      `Pagination does not advance: ${
        next === undefined
          ? `page ${page} repeats the page before it`
          : `next of page ${page} points to page ${next}`
      }.`,
  ],
  too_many_pages: [
    'invalid_response',
    ({ limit }) => `Pagination did not end after ${limit} pages. Set maxPages to read more.`,
  ],
  attempt_timeout: [
    'timeout',
    ({ limit }) => `No response within ${limit} ms. Raise timeout or lower page_size.`,
  ],
  total_timeout: [
    'timeout',
    ({ limit }) => `No result within ${limit} ms. Raise totalTimeout or lower page_size.`,
  ],
  evaluation_timeout: [
    'timeout',
    ({ id, limit, status = 'unknown', missingMetrics }) =>
      `Call log ${id} is not evaluated within ${limit} ms: its status is ${JSON.stringify(status)}${
        missingMetrics.length > 0
          ? `, without results of the metrics ${missingMetrics.join(', ')}`
          : ''
      }. Raise timeoutMs, or get the call log later.`,
  ],
  connection_failed: [
    'connection',
    ({ baseUrl, systemCode }) =>
      `Cannot connect to ${baseUrl}${systemCode ? ` (${systemCode})` : ''}. Check baseUrl.`,
  ],
  aborted: ['aborted', () => 'The call was aborted.'],
  api_key_unavailable: [
    'authentication',
    () => 'Cannot get the API key: the apiKey function failed. See error.cause.',
  ],
  unexpected: [
    'unexpected',
    () => 'Unexpected error in @cekura-kit/client. See error.cause, and please report it.',
  ],
}

/** What an error has besides its reason; it can replace the code and the message. */
export type ErrorExtras = Partial<CekuraErrorInit> & { message?: string }

/** The error for a reason. */
export function createError<Reason extends CekuraErrorReason>(
  reason: Reason,
  details: CekuraErrorDetails[Reason],
  more?: ErrorExtras,
): CekuraError {
  const [code, toMessage] = failures[reason]
  const { message = toMessage(details), ...init } = { code, ...more, reason, details }
  return new CekuraError(message, init)
}
