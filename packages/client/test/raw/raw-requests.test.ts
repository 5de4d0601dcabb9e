// What client.raw sends, against a real server.
import { createClient } from '@cekura-kit/client'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import { createRaw, type AnyInit, type AnyRaw } from '../support/any-raw.ts'
import { catchCekuraError } from '../support/catch-error.ts'
import { createRecordingRuntime } from '../support/fixed-runtime.ts'
import { apiKey } from '../support/operations.ts'
import { startRecordingServer, type Reply } from '../support/recording-server.ts'

const path = operationDescriptors['callLogs.list'].path

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
  'sends %s with path, query, headers and the key',
  async (method) => {
    await using server = await startRecordingServer({ body: '{"id":1}' })
    const raw = createRaw(server.url, { headers: { 'x-team': 'a', 'User-Agent': 'report/1' } })
    const { data } = await raw[method]('/v1/items/{id}/', {
      params: { path: { id: 'a/b' }, query: { q: 'c d', ids: [1, 2] }, header: { 'x-floor': 2 } },
      headers: { 'x-more': 'b' },
    })
    expect(data).toEqual(method === 'HEAD' ? undefined : { id: 1 })
    expect(server.requests).toHaveLength(1)
    const { headers, ...request } = server.requests[0]!
    expect(request).toMatchObject({ method, target: '/v1/items/a%2Fb/?q=c%20d&ids=1&ids=2' })
    expect(headers).toMatchObject({
      accept: 'application/json, */*;q=0.1',
      'x-team': 'a',
      'x-floor': '2',
      'x-more': 'b',
      'user-agent': 'report/1',
      [apiKeyHeader.toLowerCase()]: apiKey,
    })
  },
)

test('sends what a method sends for the same query', async () => {
  await using server = await startRecordingServer({ body: '{"next":null,"results":[]}' })
  const { callLogs, raw } = createClient({ apiKey, baseUrl: server.url })
  const query = { agent_id: 7, page: 2, assistant_id: 'a b&c', call_ids: '1,2' }
  await callLogs.list(query)
  await raw.GET(path, { params: { query } })
  const [first, second] = server.requests.map(({ method, target }) => {
    const url = new URL(target, server.url)
    return [method, url.pathname, Object.fromEntries(url.searchParams)]
  })
  expect(second).toEqual(first)
})

const form = (): FormData => {
  const data = new FormData()
  data.append('name', 'ä')
  data.append('file', new Blob(['bytes'], { type: 'audio/wav' }), 'a.wav')
  return data
}
const asIs = { bodySerializer: (body: never) => body as unknown }
const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)

test.each<{
  what: string
  init: AnyInit
  type: RegExp | undefined
  sent: string | Uint8Array | RegExp
}>([
  {
    what: 'JSON',
    init: { body: { name: 'ä' } },
    type: /^application\/json$/,
    sent: '{"name":"ä"}',
  },
  {
    what: 'text',
    init: { body: 'plain ä', ...asIs, headers: { 'content-type': 'text/plain' } },
    type: /^text\/plain$/,
    sent: 'plain ä',
  },
  {
    what: 'URLSearchParams',
    init: {
      body: new URLSearchParams({ a: '1 2' }),
      ...asIs,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    type: /urlencoded/,
    sent: 'a=1+2',
  },
  {
    what: 'bytes',
    init: { body: bytes, ...asIs, headers: { 'content-type': 'application/octet-stream' } },
    type: /octet-stream/,
    sent: bytes,
  },
  {
    what: 'a Blob',
    init: { body: new Blob([bytes]), ...asIs, headers: { 'content-type': 'audio/wav' } },
    type: /audio\/wav/,
    sent: bytes,
  },
  {
    what: 'FormData',
    init: { body: form() },
    type: /^multipart\/form-data; boundary=/,
    sent: /name="name"\r\n\r\nä\r\n[\s\S]*filename="a.wav"\r\ncontent-type: audio\/wav\r\n\r\nbytes/i,
  },
  { what: 'an empty body', init: {}, type: undefined, sent: '' },
])('sends $what unchanged', async ({ init, type, sent }) => {
  await using server = await startRecordingServer({ body: '{}' })
  await createRaw(server.url).POST('/v1/items/', init)
  const [{ body, headers }] = server.requests as [(typeof server.requests)[number]]
  if (type) expect(headers['content-type']).toMatch(type)
  else expect(headers['content-type']).toBeUndefined()
  if (sent instanceof RegExp) expect(body.toString()).toMatch(sent)
  else expect(body).toEqual(Buffer.from(sent))
})

const streamOf = (...chunks: string[]) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
    },
  })

test('sends a stream', async () => {
  await using server = await startRecordingServer({ body: '{"id":1}' })
  const { data } = await createRaw(server.url).POST('/v1/items/', {
    body: streamOf('a', 'b'),
    ...asIs,
  })
  expect(data).toEqual({ id: 1 })
  expect(server.requests[0]!.body.toString()).toBe('ab')
})

const limited: Reply = { status: 429, headers: { 'retry-after': '1' }, body: '{"detail":"Slow."}' }

test('never repeats a stream, and repeats other bodies after a 429', async () => {
  for (const [body, count] of [
    [streamOf('a'), 1],
    ['a', 2],
    [bytes, 2],
    [form(), 2],
  ] as const) {
    await using server = await startRecordingServer(limited, { body: '{}' })
    const { runtime } = createRecordingRuntime()
    const raw = createClientWith({ apiKey, baseUrl: server.url }, runtime).raw as unknown as AnyRaw
    const init = body instanceof FormData ? { body } : { body, ...asIs }
    const { error } = await raw.PUT('/v1/items/', init)
    expect(server.requests).toHaveLength(count)
    expect(error).toEqual(count === 1 ? { detail: 'Slow.' } : undefined)
    expect(server.requests.at(-1)!.body).toEqual(server.requests[0]!.body)
  }
})

test('never repeats a stream after a connection failure either', async () => {
  let requests = 0
  const fetch = () => {
    requests++
    return Promise.reject(new TypeError('fetch failed'))
  }
  const raw = createRaw('https://api.example', { fetch })
  const error = await catchCekuraError(raw.POST('/', { body: streamOf('a'), ...asIs }))
  expect([error.code, requests]).toEqual(['connection', 1])
})

test.each([
  { what: 'missing', values: undefined, reason: 'missing_parameter' },
  { what: 'undefined', values: { id: undefined }, reason: 'missing_parameter' },
  { what: 'empty', values: { id: '' }, reason: 'invalid_parameter' },
  { what: 'one dot', values: { id: '.' }, reason: 'invalid_parameter' },
  { what: 'two dots', values: { id: '..' }, reason: 'invalid_parameter' },
])('rejects a path value that is $what before sending', async ({ values, reason }) => {
  const raw = createRaw('https://api.example', { fetch: () => Promise.reject(new Error('sent')) })
  const init = values ? { params: { path: values } } : {}
  expect(await catchCekuraError(raw.GET('/v1/items/{id}/', init))).toMatchObject({
    code: 'usage',
    reason,
    details: { parameter: 'id' },
    attempts: 0,
  })
})

test('rejects a baseUrl of one call, which would get the key', async () => {
  await using other = await startRecordingServer({ body: '{}' })
  const raw = createRaw('https://api.example')
  expect(await catchCekuraError(raw.GET('/', { baseUrl: other.url }))).toMatchObject({
    code: 'usage',
    reason: 'foreign_url',
    details: { baseUrl: 'https://api.example' },
    message: 'Cannot send a request to another URL than https://api.example.',
  })
  expect(other.requests).toEqual([])
})
