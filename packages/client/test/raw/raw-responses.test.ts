// What client.raw gives back, from a real server.
import { createClient } from '@cekura-kit/client'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import { createRaw } from '../support/any-raw.ts'
import { catchCekuraError } from '../support/catch-error.ts'
import { createFetchOf } from '../support/client-on.ts'
import { createRecordingRuntime } from '../support/fixed-runtime.ts'
import { apiKey } from '../support/operations.ts'
import { startRecordingServer } from '../support/recording-server.ts'

const path = operationDescriptors['callLogs.list'].path
const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)

test('retries a GET and returns the last error response', async () => {
  await using server = await startRecordingServer({ status: 503, body: '{"detail":"No."}' })
  const { runtime, waits } = createRecordingRuntime()
  const { raw } = createClientWith({ apiKey, baseUrl: server.url }, runtime)
  const { error, response } = await raw.GET(path, { params: { query: { agent_id: 1 } } })
  expect([error, response.status, waits]).toEqual([{ detail: 'No.' }, 503, [250, 500]])
})

test.each([
  { parseAs: 'arrayBuffer', read: (data: unknown) => new Uint8Array(data as ArrayBuffer) },
  {
    parseAs: 'blob',
    read: async (data: unknown) => new Uint8Array(await (data as Blob).arrayBuffer()),
  },
  {
    parseAs: 'stream',
    read: async (data: unknown) =>
      new Uint8Array(await new Response(data as ReadableStream).arrayBuffer()),
  },
])('returns bytes unchanged with parseAs $parseAs', async ({ parseAs, read }) => {
  await using server = await startRecordingServer({
    body: bytes,
    headers: { 'content-type': 'audio/wav' },
  })
  const { data, response } = await createRaw(server.url).GET('/v1/recording/', { parseAs })
  expect(await read(data)).toEqual(bytes)
  expect(response.headers.get('content-type')).toBe('audio/wav')
})

test('returns text unchanged with parseAs text', async () => {
  await using server = await startRecordingServer({ body: ' {"a": 1}\n' })
  expect((await createRaw(server.url).GET('/', { parseAs: 'text' })).data).toBe(' {"a": 1}\n')
})

test.each([204, 205, 304, 404, 500, 599])('returns the status %i', async (status) => {
  const hasBody = status > 304
  await using server = await startRecordingServer({
    status,
    statusText: 'Some Reason',
    ...(hasBody && { body: '{"detail":"x"}' }),
  })
  const { data, error, response } = await createRaw(server.url, { maxRetries: 0 }).GET('/v1/items/')
  expect(data).toBeUndefined()
  expect(error).toEqual(hasBody ? { detail: 'x' } : status === 304 ? '' : undefined)
  expect([response.status, response.statusText, response.url]).toEqual([
    status,
    'Some Reason',
    `${server.url}/v1/items/`,
  ])
})

test('returns a status of 999, and a method throws for it', async () => {
  await using server = await startRecordingServer({ status: 999, body: '{"detail":"x"}' })
  const { raw, callLogs } = createClient({ apiKey, baseUrl: server.url, maxRetries: 0 })
  const { error, response } = await raw.GET(path, { params: { query: { agent_id: 1 } } })
  expect([error, response.status, response.ok]).toEqual([{ detail: 'x' }, 999, false])
  expect(await catchCekuraError(callLogs.list({ agent_id: 1 }))).toMatchObject({
    code: 'api',
    status: 999,
  })
})

test.each([301, 302, 303, 307, 308])('throws on a %i', async (status) => {
  await using other = await startRecordingServer({ body: '{}' })
  await using server = await startRecordingServer({ status, headers: { location: other.url } })
  expect(await catchCekuraError(createRaw(server.url).GET('/'))).toMatchObject({
    code: 'api',
    reason: 'redirect',
    details: { status },
  })
  expect(other.requests).toEqual([])
})

test.each([
  {
    what: 'a connection failure',
    fetch: () => Promise.reject(new TypeError('fetch failed')),
    reason: 'connection_failed',
  },
  {
    what: 'a response that is too large',
    fetch: async () => new Response('x'.repeat(200)),
    reason: 'response_too_large',
  },
  { what: 'a timeout', fetch: () => new Promise<never>(() => {}), reason: 'attempt_timeout' },
])('throws on $what', async ({ fetch, reason }) => {
  const raw = createRaw('https://api.example', {
    fetch,
    maxRetries: 0,
    timeout: 10,
    maxResponseBytes: 100,
  })
  expect((await catchCekuraError(raw.GET('/'))).reason).toBe(reason)
})

test('an abort ends a call of raw', async () => {
  const controller = new AbortController()
  const fetch = () => {
    controller.abort(new Error('enough'))
    return new Promise<never>(() => {})
  }
  const raw = createRaw('https://api.example', { fetch })
  expect(await catchCekuraError(raw.GET('/', { signal: controller.signal }))).toMatchObject({
    code: 'aborted',
    cause: { message: 'enough' },
  })
})

test('hooks get the path template and no query', async () => {
  const paths: unknown[] = []
  const hooks = { onRequest: ({ path }: { path: string }) => void paths.push(path) }
  const { raw } = createClient({ apiKey, fetch: createFetchOf({}).fetch, hooks })
  await raw.GET(path, { params: { query: { agent_id: 7 } } })
  await raw.GET(path, { params: { query: {} as { agent_id: number } } })
  expect(paths).toEqual([path, path])
})

test.each([{}, { 'content-length': '15' }])(
  'a 200 that is not JSON is invalid_response, reported once, with the headers %j',
  async (headers) => {
    const codes: unknown[] = []
    const hooks = { onError: ({ code }: { code: string }) => void codes.push(code) }
    const { fetch } = createFetchOf(new Response('<h1>Hello</h1>\n', { headers }))
    const error = await catchCekuraError(
      createRaw('https://api.example', { fetch, hooks }).GET('/v1/items/{id}/', {
        params: { path: { id: 5 } },
      }),
    )
    expect(error).toMatchObject({
      code: 'invalid_response',
      reason: 'not_json',
      status: 200,
      path: '/v1/items/{id}/',
      attempts: 1,
      cause: expect.any(SyntaxError) as SyntaxError,
    })
    expect(codes).toEqual(['invalid_response'])
  },
)

test('hooks get the template of a path that the document does not have', async () => {
  const paths: unknown[] = []
  const hooks = { onRequest: ({ path }: { path: string }) => void paths.push(path) }
  const raw = createRaw('https://api.example', { fetch: createFetchOf({}).fetch, hooks })
  await raw.GET('/v1/items/{id}/', { params: { path: { id: 'secret' } } })
  expect(paths).toEqual(['/v1/items/{id}/'])
})
