// Every reason of a CekuraError, its typed details and its whole message.
import {
  CekuraError,
  createClient,
  waitForEvaluation,
  type CekuraErrorDetails,
  type CekuraErrorReason,
  type ClientOptions,
} from '@cekura-kit/client'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { catchCekuraError, readAll } from '../support/catch-error.ts'
import { pageOf } from '../support/client-on.ts'

const path = operationDescriptors['callLogs.list'].path
const baseUrl = 'https://api.cekura.ai'
const agent = { agent_id: 1 }
type Fetch = NonNullable<ClientOptions['fetch']>

const clientOn = (fetch: Fetch, options: ClientOptions = {}) =>
  createClient({ apiKey: 'k', fetch, maxRetries: 0, ...options })
const listOn = (fetch: Fetch, options?: ClientOptions) =>
  clientOn(fetch, options).callLogs.list(agent)
const reply =
  (body: string, status = 200, headers?: Record<string, string>): Fetch =>
  async () =>
    new Response(body, {
      status,
      statusText: status === 200 ? '' : 'Reason',
      ...(headers && { headers }),
    })
const never: Fetch = () => new Promise(() => {})
const unsent: Fetch = () => Promise.reject(new Error('sent'))
const endless: Fetch = async (url) => {
  const page = Number(new URL(url).searchParams.get('page'))
  return Response.json({ next: `/?page=${page + 1}`, results: [] })
}
interface Example<Reason extends CekuraErrorReason> {
  work: () => unknown
  code: string
  details: CekuraErrorDetails[Reason]
  message: string
  status?: number
}

/** The compiler requires an entry for every reason. */
const examples: { [Reason in CekuraErrorReason]: Example<Reason> } = {
  invalid_option: {
    work: () => clientOn(unsent, { timeout: 0 }),
    code: 'usage',
    details: { option: 'timeout', expected: 'an integer from 1 to 2147483647' },
    message: 'Invalid timeout: expected an integer from 1 to 2147483647.',
  },
  unknown_option: {
    work: () => clientOn(unsent, { time_out: 1 } as never),
    code: 'usage',
    details: { option: 'time_out', suggestion: 'timeout' },
    message: 'Unknown option "time_out". Did you mean "timeout"?',
  },
  missing_api_key: {
    work: () => clientOn(unsent, { apiKey: '' }),
    code: 'usage',
    details: {},
    message: 'No API key. Pass apiKey or set CEKURA_API_KEY.',
  },
  invalid_api_key: {
    work: () => clientOn(unsent, { apiKey: 'a b' }),
    code: 'usage',
    details: { expected: 'visible ASCII characters without spaces or line breaks' },
    message: 'Invalid API key: expected visible ASCII characters without spaces or line breaks.',
  },
  missing_parameter: {
    work: () => clientOn(unsent).callLogs.get({} as never),
    code: 'usage',
    details: { parameter: 'id' },
    message: 'Missing id: the operation requires it.',
  },
  invalid_parameter: {
    work: () => clientOn(unsent).callLogs.list({ agent_id: 1.5 }),
    code: 'usage',
    details: { parameter: 'agent_id', expected: 'an integer' },
    message: 'Invalid agent_id: expected an integer, got 1.5.',
  },
  unknown_parameter: {
    work: () => clientOn(unsent).callLogs.list({ ...agent, pageSize: 5 } as never),
    code: 'usage',
    details: {
      parameter: 'pageSize',
      suggestion: 'page_size',
      known: Object.keys(operationDescriptors['callLogs.list'].parameters),
    },
    message: 'Unknown parameter "pageSize". Did you mean "page_size"?',
  },
  foreign_url: {
    work: () =>
      clientOn(unsent).raw.GET(path, { params: { query: agent }, baseUrl: 'https://evil.example' }),
    code: 'usage',
    details: { baseUrl },
    message: `Cannot send a request to another URL than ${baseUrl}.`,
  },
  error_status: {
    work: () => listOn(reply('{"agent_id":["Bad."],"metadata":{"region":["Bad."]}}', 400)),
    code: 'bad_request',
    details: { status: 400, fields: ['agent_id', 'metadata.region'] },
    message: '400 Reason: check agent_id, metadata.region',
    status: 400,
  },
  redirect: {
    work: () => listOn(reply('', 302, { location: '/' })),
    code: 'api',
    details: { status: 302 },
    message: 'Unexpected redirect. Check baseUrl.',
    status: 302,
  },
  response_too_large: {
    work: () => listOn(reply('x'.repeat(11)), { maxResponseBytes: 10 }),
    code: 'invalid_response',
    details: { limit: 10 },
    message: 'Response exceeds maxResponseBytes (10 bytes). Lower page_size or raise the limit.',
    status: 200,
  },
  not_json: {
    work: () => listOn(reply('<html>')),
    code: 'invalid_response',
    details: {},
    message: 'Unexpected response: not valid JSON. Check baseUrl.',
    status: 200,
  },
  empty_response: {
    work: () => listOn(reply('')),
    code: 'invalid_response',
    details: {},
    message: 'Unexpected response: the body is empty. Check baseUrl.',
    status: 200,
  },
  not_a_page: {
    work: () => listOn(reply('{}')),
    code: 'invalid_response',
    details: {},
    message: 'Unexpected response: not a page with results and next. Check baseUrl.',
    status: 200,
  },
  pagination_stuck: {
    work: () => readAll(listOn(reply(JSON.stringify(pageOf([1], '/?page=1'))))),
    code: 'invalid_response',
    details: { page: 1, next: 1 },
    message: 'Pagination does not advance: next of page 1 points to page 1.',
    status: 200,
  },
  too_many_pages: {
    work: () => readAll(listOn(endless)),
    code: 'invalid_response',
    details: { limit: 10_000 },
    message: 'Pagination did not end after 10000 pages. Set maxPages to read more.',
    status: 200,
  },
  attempt_timeout: {
    work: () => listOn(never, { timeout: 5 }),
    code: 'timeout',
    details: { limit: 5 },
    message: 'No response within 5 ms. Raise timeout or lower page_size.',
  },
  total_timeout: {
    work: () => listOn(never, { totalTimeout: 5 }),
    code: 'timeout',
    details: { limit: 5 },
    message: 'No result within 5 ms. Raise totalTimeout or lower page_size.',
  },
  evaluation_timeout: {
    work: () => {
      const call = { id: 7, call_id: 'c', timestamp: '2025-01-15T09:30:00Z', status: 'evaluating' }
      const client = clientOn(reply(JSON.stringify(call)))
      return waitForEvaluation(client, 7, { metrics: [310, 320], timeoutMs: 1 })
    },
    code: 'timeout',
    details: { id: 7, limit: 1, status: 'evaluating', missingMetrics: [310, 320] },
    message:
      'Call log 7 is not evaluated within 1 ms: its status is "evaluating", without results of the metrics 310, 320. Raise timeoutMs, or get the call log later.',
  },
  connection_failed: {
    work: () =>
      listOn(() =>
        Promise.reject(
          Object.assign(new TypeError('x'), {
            cause: Object.assign(new Error('y'), { code: 'ECONNREFUSED' }),
          }),
        ),
      ),
    code: 'connection',
    details: { baseUrl, systemCode: 'ECONNREFUSED' },
    message: `Cannot connect to ${baseUrl} (ECONNREFUSED). Check baseUrl.`,
  },
  aborted: {
    work: () => clientOn(never).callLogs.list(agent, { signal: AbortSignal.abort() }),
    code: 'aborted',
    details: {},
    message: 'The call was aborted.',
  },
  api_key_unavailable: {
    work: () => listOn(unsent, { apiKey: () => Promise.reject(new Error('no vault')) }),
    code: 'authentication',
    details: {},
    message: 'Cannot get the API key: the apiKey function failed. See error.cause.',
  },
  unexpected: {
    work: () => listOn(async () => ({ status: 200, text: async () => '{}' }) as never),
    code: 'unexpected',
    details: {},
    message: 'Unexpected error in @cekura-kit/client. See error.cause, and please report it.',
    status: 200,
  },
}

test.each(Object.entries(examples))(
  '%s has its code, details and message',
  async (reason, example) => {
    const { work, code, details, message, status } = example
    const error = await catchCekuraError(work)
    expect({ ...error, message: error.message }).toMatchObject({
      name: 'CekuraError',
      code,
      reason,
      message,
    })
    expect(error.details).toEqual(details)
    expect(error.status).toBe(status)
    expect(error).toBeInstanceOf(CekuraError)
  },
)

test.each(Object.keys(examples))(
  'hasReason() recognizes %s and no other reason',
  async (reason) => {
    const error = await catchCekuraError(examples[reason as CekuraErrorReason].work)
    const recognized = Object.keys(examples).filter((other) =>
      CekuraError.hasReason(error, other as CekuraErrorReason),
    )
    expect(recognized).toEqual([reason])
  },
  30_000,
)

test('a connection failure without a system code names only the host', async () => {
  const error = await catchCekuraError(listOn(() => Promise.reject(new TypeError('fetch failed'))))
  expect(error.message).toBe(`Cannot connect to ${baseUrl}. Check baseUrl.`)
  expect(error.details).toEqual({ baseUrl, systemCode: undefined })
  expect(error.cause).toBeInstanceOf(Error)
})

test('an unreachable server is connection with the code of the system', async () => {
  const error = await catchCekuraError(
    createClient({ apiKey: 'k', baseUrl: 'http://127.0.0.1:1', maxRetries: 0 }).callLogs.list(
      agent,
    ),
  )
  expect(error).toMatchObject({ code: 'connection', reason: 'connection_failed' })
  expect(error.cause).toBeInstanceOf(Error)
})

test('a page that repeats has no next in its details', async () => {
  const error = await catchCekuraError(readAll(listOn(reply(JSON.stringify(pageOf([1], '/next'))))))
  expect(error.details).toEqual({ page: 2, next: undefined })
  expect(error.message).toBe('Pagination does not advance: page 2 repeats the page before it.')
})
