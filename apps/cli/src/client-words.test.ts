import { createClient, type ClientOptions } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { tellClientError, tellClientMessage } from './client-words.ts'

const call = { id: 1, timestamp: '2026-11-24T10:00:00Z' }
const page = (more: object) => ({ count: 9, next: null, previous: null, results: [call], ...more })

/** What a walk fails with, as the client says it. */
async function fail(options: ClientOptions, query: object = {}): Promise<string> {
  const given = { apiKey: 'k', baseUrl: 'http://127.0.0.1:9', maxRetries: 0, ...options }
  try {
    const { callLogs } = createClient(given)
    for await (const _ of callLogs.list({ agent_id: 1, ...query })) continue
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It did not fail')
}

const answer = (body: unknown, init?: ResponseInit) => ({
  fetch: async () => Response.json(body, init),
})

test.each([
  ['a large answer', { ...answer(page({})), maxResponseBytes: 10 }, {}, 'fewer calls at a time'],
  ['a slow answer', { fetch: () => new Promise<never>(() => {}), timeout: 5 }, {}, 'more time'],
  ['an endless walk', answer(page({ next: 'http://x/?page=1' })), {}, 'it is stopped here'],
  ['a body that is no page', answer([]), {}, 'check the address'],
  ['a redirect', answer({}, { status: 302 }), {}, 'check the address'],
  ['no connection', { fetch: () => Promise.reject(new Error('no')) }, {}, 'check the address'],
  ['an address', { baseUrl: 'ftp://x' }, {}, 'Cannot use the base URL'],
  ['a key', { apiKey: 'a b' }, {}, 'Cannot use the API key'],
  ['a key that cannot be had', { apiKey: () => Promise.reject(new Error('no')) }, {}, 'key cannot'],
  ['an agent', {}, { agent_id: -1 }, 'Cannot use --agent'],
  ['ids', {}, { call_ids: 'x' }, 'Cannot use the ids'],
])('%s is reported in terms of the command line', async (_, options, query, want) => {
  const message = tellClientMessage(await fail(options as ClientOptions, query))
  expect(message).toContain(want)
  // What can be set in code and nowhere else.
  expect(message).not.toMatch(
    /baseUrl|apiKey|maxPages|maxResponseBytes|page_size|agent_id|call_ids/,
  )
  expect(message).not.toMatch(/raise|pass /)
})

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  // Whoever has signed it.
  ['CERT_HAS_EXPIRED', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false],
])(
  'a certificate that is refused, %s, is told as such, with the way to trust it where there is one: %s',
  (code, canBeTrusted) => {
    const refused = Object.assign(new Error('no'), { code })
    const message = 'Cannot GET /: https://x cannot be reached or broke off; check baseUrl'
    const cause = new TypeError('fetch failed', { cause: refused })
    const told = tellClientError({ code: 'connection', message, cause, body: undefined })
    expect(told.message).toBe(
      `Cannot GET /: https://x cannot be reached: its certificate is not trusted (${code})`,
    )
    const fix = told.fix?.(['list', '--agent', '1']) ?? ''
    expect(fix).toMatch(canBeTrusted ? /^NODE_EXTRA_CA_CERTS=ca.pem cekura-logs list .*  # / : /^$/)
  },
)
