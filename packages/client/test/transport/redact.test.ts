import { inspect } from 'node:util'
import { createClient, type ClientOptions } from '@cekura-kit/client'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createRedactor, redactError } from '../../src/transport/redact.ts'
import { catchCekuraError } from '../support/catch-error.ts'
import { failingFetch } from '../support/client-on.ts'
import { startRecordingServer, type Reply } from '../support/recording-server.ts'

const path = operationDescriptors['callLogs.list'].path
const keys = ['PLAIN-KEY-0123456789', String.raw`WEIRD"'\/<&>%KEY0123`]
const toHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;')

/** The spellings of a key in which it could come back. */
const spellingsOf = (key: string): string[] => [
  key,
  JSON.stringify(key).slice(1, -1),
  JSON.stringify(key)
    .slice(1, -1)
    .replaceAll('/', String.raw`\/`),
  encodeURIComponent(key),
  encodeURIComponent(key).replaceAll(/%../g, (code) => code.toLowerCase()),
  toHtml(key),
]

/** Everything that a log can print of a value. */
const print = (value: unknown): string =>
  [
    inspect(value, { depth: 12, showHidden: true, getters: true }),
    String(value),
    JSON.stringify(value),
  ].join('\n')

function expectWithout(key: string, value: unknown): void {
  const text = print(value)
  for (const spelling of spellingsOf(key)) expect(text).not.toContain(spelling)
}

test.each(keys)('masks every spelling of %s', (key) => {
  const redact = createRedactor(key)
  for (const spelling of spellingsOf(key)) expect(redact(`a ${spelling} b`)).toBe('a *** b')
  expect(redact('nothing to mask')).toBe('nothing to mask')
})

test('does not mask a key of fewer than 8 characters, which is ordinary text', () => {
  expect(createRedactor('null')('{"a":null}')).toBe('{"a":null}')
})

const echoes: { what: string; reply: (key: string) => Reply }[] = [
  { what: 'an error as text', reply: (key) => ({ status: 400, body: `bad ${key}` }) },
  {
    what: 'an error as JSON',
    reply: (key) => ({ status: 403, body: JSON.stringify({ detail: `bad ${key}` }) }),
  },
  { what: 'an error as HTML', reply: (key) => ({ status: 403, body: `<p>${toHtml(key)}</p>` }) },
  {
    what: 'an error with a URL',
    reply: (key) => ({ status: 403, body: `k=${encodeURIComponent(key)}` }),
  },
  {
    what: 'a header',
    reply: (key) => ({ status: 403, headers: { 'x-request-id': key, 'x-echo': `e ${key}` } }),
  },
  { what: 'the reason phrase', reply: (key) => ({ status: 403, statusText: `No ${key}` }) },
  {
    what: 'a redirect',
    reply: (key) => ({ status: 302, headers: { location: `http://x/?${key}` } }),
  },
  {
    what: 'a 200 that is not a page',
    reply: (key) => ({ body: JSON.stringify({ results: key }) }),
  },
  { what: 'a 200 with broken JSON', reply: (key) => ({ body: `{"${key}` }) },
  {
    what: 'field names of a 400',
    reply: (key) => ({ status: 400, body: JSON.stringify({ [key]: ['Bad.'] }) }),
  },
]

test.each(echoes)(
  'keeps a key that comes back in $what out of errors and hooks',
  async ({ reply }) => {
    for (const key of keys) {
      await using server = await startRecordingServer(reply(key))
      const seen: unknown[] = []
      const see = (info: unknown): void => void seen.push(info)
      const hooks = { onRequest: see, onResponse: see, onRetry: see, onError: see }
      const { callLogs } = createClient({ apiKey: key, baseUrl: server.url, hooks })
      const error = await catchCekuraError(callLogs.list({ agent_id: 1 }))
      expectWithout(key, error)
      expectWithout(key, error.body)
      expectWithout(key, seen)
      expect(server.requests[0]!.headers['x-cekura-api-key']).toBe(key)
    }
  },
)

test.each(echoes)(
  'keeps a key that comes back in $what out of raw and its middleware',
  async ({ reply }) => {
    for (const key of keys) {
      await using server = await startRecordingServer(reply(key))
      const seen: unknown[] = []
      const { raw } = createClient({ apiKey: key, baseUrl: server.url })
      raw.use({
        onRequest: ({ request }) => void seen.push([...request.headers], request.url),
        async onResponse({ response }) {
          seen.push(
            [...response.headers],
            response.statusText,
            response.url,
            await response.clone().text(),
          )
        },
        onError: ({ error }) => void seen.push(error),
      })
      const result = await raw.GET(path, { params: { query: { agent_id: 1 } } }).then(
        ({ data, error }) => ({ data, error }),
        (error: unknown) => error,
      )
      expectWithout(key, result)
      expectWithout(key, seen)
      expect(seen.length).toBeGreaterThan(0)
    }
  },
)

test.each<{ what: string; toError: (init: { headers: Record<string, string> }) => unknown }>([
  { what: 'its message', toError: ({ headers }) => new Error(`sent ${JSON.stringify(headers)}`) },
  {
    what: 'a property',
    toError: (init) => Object.assign(new Error('failed'), { config: { init } }),
  },
  {
    what: 'a hidden property',
    toError: (init) => Object.defineProperty(new Error('failed'), 'init', { value: init }),
  },
  {
    what: 'its cause',
    toError: ({ headers }) =>
      new Error('failed', { cause: new Error(Object.values(headers).join()) }),
  },
  {
    what: 'one of its errors',
    toError: ({ headers }) => new AggregateError([new Error(Object.values(headers).join())]),
  },
  {
    what: 'a Map',
    toError: ({ headers }) =>
      Object.assign(new Error('failed'), { map: new Map(Object.entries(headers)) }),
  },
  {
    what: 'Headers',
    toError: ({ headers }) => Object.assign(new Error('failed'), { headers: new Headers(headers) }),
  },
  {
    what: 'its code',
    toError: ({ headers }) =>
      Object.assign(new Error('failed'), { code: headers['x-cekura-api-key'] }),
  },
  { what: 'a thrown string', toError: ({ headers }) => Object.values(headers).join() },
  { what: 'a thrown object', toError: (init) => ({ init }) },
])('keeps a key out of the error of a fetch that has it in $what', async ({ toError }) => {
  for (const apiKey of keys) {
    const fetch: ClientOptions['fetch'] = async (_, init) => {
      throw toError(init)
    }
    const { callLogs } = createClient({ apiKey, fetch, maxRetries: 0 })
    const error = await catchCekuraError(callLogs.list({ agent_id: 1 }))
    expect(error.code).toBe('connection')
    expectWithout(apiKey, error)
  }
})

test('the copy of an error has message, code and causes, at most ten of them', () => {
  const redact = createRedactor('PLAIN-KEY-0123456789')
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
  expect(redactError(new Error('failed', { cause }), redact)).toMatchObject({
    message: 'failed',
    cause: { message: 'refused', code: 'ECONNREFUSED' },
  })
  const circular = new Error('circular')
  circular.cause = circular
  expect(redactError(circular, redact)).toBeInstanceOf(Error)
})

test.each(['has space KEY-123456', 'line\nbreak KEY-123456', 'grüße-KEY-123456'])(
  'keeps the invalid key %j out of its error',
  async (apiKey) => {
    expect(print(await catchCekuraError(() => createClient({ apiKey })))).not.toContain(
      'KEY-123456',
    )
    const { callLogs } = createClient({ apiKey: () => apiKey, fetch: failingFetch })
    expect(print(await catchCekuraError(callLogs.list({ agent_id: 1 })))).not.toContain(
      'KEY-123456',
    )
  },
)
