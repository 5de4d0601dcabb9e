import { CekuraError, createClient, type ClientOptions } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { formatClientError, rejectsPageSize, suggestFix } from './client-error-message.ts'

const now = Date.parse('2026-11-30T16:52:00Z')
const call = { id: 1, timestamp: '2026-11-24T10:00:00Z' }
const page = (more: object) => ({ count: 9, next: null, previous: null, results: [call], ...more })

/** What a list with these options fails with. */
async function fail(options: object, query: object = {}): Promise<CekuraError> {
  const given = { apiKey: 'k', baseUrl: 'http://127.0.0.1:9', maxRetries: 0, ...options }
  try {
    const { callLogs } = createClient(given as ClientOptions)
    for await (const _ of callLogs.list({ agent_id: 1, ...query })) continue
  } catch (error) {
    if (CekuraError.is(error)) return error
    throw error
  }
  throw new Error('It did not fail')
}

const respond = (body: unknown, init?: ResponseInit) => ({
  fetch: async () => Response.json(body, init),
})
const refuse = (code: string) => ({
  fetch: () =>
    Promise.reject(
      new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }),
    ),
})

test.each<{ name: string; options: object; query?: object; message: string }>([
  {
    name: 'a large response',
    options: { ...respond(page({})), maxResponseBytes: 10 },
    message: 'The response is larger than 10 bytes.',
  },
  {
    name: 'a slow response',
    options: { fetch: () => new Promise<never>(() => {}), timeout: 5 },
    message: 'Timed out after 0.005 s. Increase --timeout.',
  },
  {
    name: 'a list that does not advance',
    options: respond(page({ next: 'http://x/?page=1' })),
    message: 'Stopped at page 1: the API keeps returning the same page (static mock?).',
  },
  {
    name: 'a body that is not a page',
    options: respond([]),
    message: 'Unexpected response: not a page of call logs. Check --api-url.',
  },
  {
    name: 'a redirect',
    options: respond({}, { status: 302 }),
    message: 'Unexpected redirect. Check --api-url.',
  },
  {
    name: 'a refused connection',
    options: refuse('ECONNREFUSED'),
    message: 'Cannot connect to http://127.0.0.1:9 (connection refused, ECONNREFUSED).',
  },
  {
    name: 'a connection that fails without a code',
    options: { fetch: () => Promise.reject(new Error('no')) },
    message: 'Cannot connect to http://127.0.0.1:9.',
  },
  {
    name: 'a rejected key',
    options: respond({ detail: 'no' }, { status: 401 }),
    message: 'Authentication failed (401): the API key was rejected.',
  },
  {
    name: 'a rejected range',
    options: respond({ detail: 'The range is longer than 33 days.' }, { status: 400 }),
    message: 'The API rejected the request (400): The range is longer than 33 days.',
  },
  {
    name: 'a rejected field',
    options: respond({ agent_id: ['A valid integer is required.'] }, { status: 400 }),
    message: 'The API rejected the request (400): --agent: A valid integer is required.',
  },
  {
    name: 'a rate limit',
    options: respond({}, { status: 429, headers: { 'retry-after': '3600' } }),
    message: 'Rate limited (429). Try again at 2026-11-30 17:52 UTC.',
  },
  {
    name: 'a server error',
    options: respond({ detail: 'Down.' }, { status: 503, statusText: 'Service Unavailable' }),
    message: 'The API returned 503 Service Unavailable: Down.',
  },
  {
    name: 'a base URL',
    options: { baseUrl: 'ftp://x' },
    message:
      'Invalid base URL: expected an https URL (http only on loopback) without credentials, query or fragment.',
  },
  {
    name: 'an invalid key',
    options: { apiKey: 'a b' },
    message: 'Invalid API key: expected visible ASCII characters without spaces or line breaks.',
  },
  {
    name: 'an invalid agent',
    options: {},
    query: { agent_id: 1.5 },
    message: 'Invalid --agent: expected an integer.',
  },
])('formats $name in terms of the command line', async ({ options, query, message }) => {
  expect(formatClientError(await fail(options, query), now)).toBe(message)
})

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  // Another signer does not help here.
  ['CERT_HAS_EXPIRED', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false],
])(
  'names an untrusted certificate (%s), and how to trust it if that helps: %s',
  async (code, helps) => {
    const error = await fail(refuse(code))
    expect(formatClientError(error, now)).toBe(
      `Cannot connect to http://127.0.0.1:9 (its certificate is not trusted, ${code}).`,
    )
    expect(suggestFix(error, ['list', '--agent', '1']) ?? '').toMatch(
      helps ? /^NODE_EXTRA_CA_CERTS=<ca\.pem> cekura-logs list .* {2}# / : /^$/,
    )
  },
)

test('suggests a smaller page size if the API rejects the one requested', async () => {
  const error = await fail(respond({ page_size: ['Too many.'] }, { status: 400 }))
  expect(rejectsPageSize(error)).toBe(true)
  expect(suggestFix(error, ['list'])).toBe('cekura-logs list --page-size 20')
})
