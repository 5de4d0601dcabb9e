import type { CekuraErrorCode } from '@cekura-kit/client'
import { fault, page, row, status, text, type Case, type Expected } from './case.ts'

const retried: Expected = { requests: 2, waits: [250], ids: [1] }
const retryAfter = (value: string, code = 429, date?: string) =>
  status(code, { 'retry-after': value, ...(date && { date }) })

const finalStatuses: [number, CekuraErrorCode][] = [
  [400, 'bad_request'],
  [401, 'authentication'],
  [403, 'permission'],
  [404, 'not_found'],
  [402, 'api'],
  [409, 'api'],
  [410, 'api'],
  [418, 'api'],
  [422, 'api'],
  [451, 'api'],
]

const statusCases: Case[] = [
  ...[408, 429, 500, 502, 503, 504, 599].map((code) =>
    row(`retries a ${code}`, [status(code), page([1])], retried),
  ),
  ...finalStatuses.map(([code, errorCode]) =>
    row(`throws ${errorCode} for a ${code} without a retry`, [status(code), page([1])], {
      requests: 1,
      waits: [],
      code: errorCode,
      reason: 'error_status',
      status: code,
    }),
  ),
  row(
    'throws the error of the last response when retries are used up',
    [500, 502, 503].map((code) => status(code)),
    {
      requests: 3,
      waits: [250, 500],
      code: 'server',
      status: 503,
      attempts: 3,
    },
  ),
  row(
    'sends one request with maxRetries 0',
    [status(503), page([1])],
    {
      requests: 1,
      waits: [],
      code: 'server',
      attempts: 1,
    },
    { options: { maxRetries: 0 } },
  ),
  row(
    'doubles the wait with each retry',
    [...Array.from({ length: 4 }, () => status(503)), page([1])],
    {
      requests: 5,
      waits: [250, 500, 1000, 2000],
      ids: [1],
    },
    { options: { maxRetries: 4 } },
  ),
  row(
    'limits the wait to 8 s',
    [...Array.from({ length: 7 }, () => status(503)), page([1])],
    {
      requests: 8,
      waits: [250, 500, 1000, 2000, 4000, 4000, 4000],
      ids: [1],
    },
    { options: { maxRetries: 7 } },
  ),
]

const connectionCases: Case[] = (['reset', 'resetAfterHeaders', 'truncate'] as const).flatMap(
  (kind) => [
    row(`retries a connection failure (${kind})`, [fault(kind), page([1])], retried),
    row(`throws connection when every attempt fails (${kind})`, [fault(kind)], {
      requests: 3,
      waits: [250, 500],
      code: 'connection',
      reason: 'connection_failed',
      attempts: 3,
      message: `Cannot connect to {server} (${kind === 'truncate' ? 'UND_ERR_SOCKET' : 'ECONNRESET'}). Check baseUrl.`,
    }),
  ],
)

const timeoutCases: Case[] = (['stall', 'stallBody', 'drip'] as const).flatMap((kind) => [
  row(`retries a response that is too slow (${kind})`, [fault(kind), page([1])], retried),
  row(
    `throws timeout when every response is too slow (${kind})`,
    [fault(kind)],
    {
      requests: 1,
      waits: [],
      code: 'timeout',
      reason: 'attempt_timeout',
      message: 'No response within 30000 ms. Raise timeout or lower page_size.',
    },
    { options: { maxRetries: 0 } },
  ),
])

const sentAt = 'Wed, 21 Oct 2015 07:28:00 GMT'
const obeyed = (delayMs: number): Expected => ({ requests: 2, waits: [delayMs], ids: [1] })
const failsAtOnce = (retryAfterMs: number): Expected => ({
  requests: 1,
  waits: [],
  code: 'rate_limit',
  retryAfterMs,
})

const retryAfterCases: Case[] = [
  row('waits Retry-After seconds', [retryAfter('7'), page([1])], obeyed(7000)),
  row('does not wait for Retry-After 0', [retryAfter('0'), page([1])], obeyed(0)),
  row('waits Retry-After of a 503', [retryAfter('3', 503), page([1])], obeyed(3000)),
  row(
    'counts a Retry-After date from the Date header',
    [retryAfter('Wed, 21 Oct 2015 07:28:30 GMT', 429, sentAt), page([1])],
    obeyed(30_000),
  ),
  row(
    'counts a Retry-After date in RFC 850 form',
    [retryAfter('Wednesday, 21-Oct-15 07:28:30 GMT', 429, sentAt), page([1])],
    obeyed(30_000),
  ),
  row(
    'counts a Retry-After date in asctime form',
    [retryAfter('Wed Oct 21 07:28:30 2015', 429, sentAt), page([1])],
    obeyed(30_000),
  ),
  row(
    'does not wait for a Retry-After date in the past',
    [retryAfter('Wed, 21 Oct 2015 07:27:00 GMT', 429, sentAt), page([1])],
    obeyed(0),
  ),
  row(
    'throws at once when Retry-After is above maxRetryAfter',
    [retryAfter('61'), page([1])],
    failsAtOnce(61_000),
  ),
  row('waits Retry-After equal to maxRetryAfter', [retryAfter('61'), page([1])], obeyed(61_000), {
    options: { maxRetryAfter: 61_000 },
  }),
  row('waits longer with a higher maxRetryAfter', [retryAfter('90'), page([1])], obeyed(90_000), {
    options: { maxRetryAfter: 100_000 },
  }),
  row(
    'throws at once when Retry-After exceeds totalTimeout',
    [retryAfter('10'), page([1])],
    failsAtOnce(10_000),
    { options: { totalTimeout: 5000 } },
  ),
  row('throws at once for a very large Retry-After', [retryAfter('99999999999999'), page([1])], {
    requests: 1,
    waits: [],
    code: 'rate_limit',
  }),
  ...['120abc', '1e3', '-5', '1.5', 'soon', '2025-01-01T00:00:00Z', 'Oct 21 2015'].map((value) =>
    row(`ignores Retry-After "${value}"`, [retryAfter(value), page([1])], retried),
  ),
  row('applies maxRetryAfter to Retry-After only', [status(503), page([1])], retried, {
    options: { maxRetryAfter: 0 },
  }),
]

const totalTimeoutCases: Case[] = [
  row(
    'stops retrying before totalTimeout',
    [text('{}', 503)],
    {
      requests: 2,
      waits: [250],
      code: 'server',
      attempts: 2,
    },
    { options: { totalTimeout: 300 } },
  ),
  row(
    'does not start a wait that leaves no time for an attempt',
    [text('{}', 503)],
    {
      requests: 1,
      waits: [],
      code: 'server',
      attempts: 1,
    },
    { options: { totalTimeout: 250 } },
  ),
]

export const retryCases: Case[] = [
  ...statusCases,
  ...connectionCases,
  ...timeoutCases,
  ...retryAfterCases,
  ...totalTimeoutCases,
]
