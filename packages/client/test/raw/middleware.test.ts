import { createClient, type ClientOptions } from '@cekura-kit/client'
import { createMockFetch } from '@cekura-kit/client/testing'
import { operationDescriptors } from '@cekura-kit/types'
import type { Middleware } from 'openapi-fetch'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import { catchCekuraError } from '../support/catch-error.ts'
import { failingFetch, pageOf } from '../support/client-on.ts'
import { fixedRuntime } from '../support/fixed-runtime.ts'
import { startRecordingServer } from '../support/recording-server.ts'

const path = operationDescriptors['callLogs.list'].path
const init = { params: { query: { agent_id: 7 } } }
const page = pageOf([9], null)

/** A client of `raw` with one middleware and a server that returns this status. */
function createWith(middleware: Middleware, status = 200, options: ClientOptions = {}) {
  const fetch = async () => Response.json(page, { status })
  return createClient({
    apiKey: 'key-for-tests',
    maxRetries: 0,
    fetch,
    middleware: [middleware],
    ...options,
  }).raw
}

test('middleware can respond instead of the server', async () => {
  let requests = 0
  const fetch = () => Promise.reject(new Error(`request ${++requests}`))
  const raw = createWith({ onRequest: () => Response.json(page) }, 200, { fetch })
  expect((await raw.GET(path, init)).data).toEqual(page)
  expect(requests).toBe(0)
})

test('middleware can replace a response', async () => {
  const raw = createWith({
    async onResponse({ response }) {
      return Response.json({ ...((await response.json()) as object), count: 7 })
    },
  })
  expect((await raw.GET(path, init)).data?.count).toBe(7)
})

test('middleware can turn an error response into a success', async () => {
  const raw = createWith({ onResponse: () => Response.json(page) }, 404)
  expect((await raw.GET(path, init)).data).toEqual(page)
})

test('middleware can turn a success into an error response', async () => {
  const raw = createWith({ onResponse: () => Response.json({ detail: 'Mine.' }, { status: 500 }) })
  const { data, error, response } = await raw.GET(path, init)
  expect([data, error, response.status]).toEqual([undefined, { detail: 'Mine.' }, 500])
})

test('middleware can replace a thrown error by a response', async () => {
  const seen: unknown[] = []
  const onError: Middleware['onError'] = ({ error }) => {
    seen.push((error as { code?: string }).code)
    return Response.json(page)
  }
  expect(
    (await createWith({ onError }, 200, { fetch: failingFetch }).GET(path, init)).data,
  ).toEqual(page)
  expect(seen).toEqual(['connection'])
})

test('raw.use() adds middleware and raw.eject() removes it', async () => {
  const raw = createWith({ onRequest: () => undefined })
  const mine: Middleware = { onResponse: () => Response.json({ ...page, count: 7 }) }
  raw.use(mine)
  expect((await raw.GET(path, init)).data?.count).toBe(7)
  raw.eject(mine)
  expect((await raw.GET(path, init)).data?.count).toBe(1)
})

test('middleware runs once per call of raw, around all attempts, and never for methods', async () => {
  const { fetch } = createMockFetch({ failures: { 1: 503, 2: 503 } })
  const seen: string[] = []
  const client = createClientWith({ apiKey: 'k', fetch }, fixedRuntime)
  client.raw.use({
    onRequest: () => void seen.push('request'),
    onResponse: () => void seen.push('response'),
  })
  expect((await client.raw.GET(path, init)).response.status).toBe(200)
  expect(seen).toEqual(['request', 'response'])
  await client.callLogs.list({ agent_id: 7 })
  expect(seen).toHaveLength(2)
})

test('middleware sees no key, and cannot replace it', async () => {
  await using server = await startRecordingServer({ body: '{}' })
  const seen: string[] = []
  const { raw } = createClient({
    apiKey: 'canary-key-123',
    baseUrl: server.url,
  })
  raw.use({
    onRequest({ request }) {
      seen.push(JSON.stringify([...request.headers]))
      request.headers.set('X-CEKURA-API-KEY', 'other')
      request.headers.set('x-added', '1')
    },
  })
  await raw.GET(path, init)
  expect(seen.join()).not.toContain('canary')
  expect(server.requests[0]!.headers).toMatchObject({
    'x-cekura-api-key': 'canary-key-123',
    'x-added': '1',
  })
})

test.each([
  { what: 'another host', change: () => 'https://evil.example/' },
  { what: 'another port', change: (url: URL) => `http://${url.hostname}:1/` },
  { what: 'another protocol', change: (url: URL) => `https://${url.host}/` },
  {
    what: 'a host that starts like baseUrl',
    change: (url: URL) => `http://${url.hostname}.evil.example:${url.port}/`,
  },
  { what: 'a path that starts like baseUrl', change: (url: URL) => `${url.origin}/cekura-other/` },
  { what: 'a path outside baseUrl', change: (url: URL) => `${url.origin}/other/` },
  { what: 'a path that leaves baseUrl', change: (url: URL) => `${url.origin}/cekura/../other/` },
])('rejects $what set by middleware, and sends nothing', async ({ change }) => {
  await using server = await startRecordingServer({ body: '{}' })
  const { raw } = createClient({
    apiKey: 'canary-key-123',
    baseUrl: `${server.url}/cekura`,
  })
  raw.use({
    onRequest: ({ request }) =>
      new Request(change(new URL(server.url)), { headers: request.headers }),
  })
  const error = await catchCekuraError(raw.GET(path, init))
  expect(error).toMatchObject({ code: 'usage', reason: 'foreign_url', attempts: 0 })
  expect(server.requests).toEqual([])
})

test('rejects a host that starts like the whole baseUrl', async () => {
  const { raw } = createClient({
    apiKey: 'canary-key-123',
    baseUrl: 'https://api.example',
    fetch: failingFetch,
  })
  raw.use({ onRequest: () => new Request('https://api.example.evil.example/') })
  expect((await catchCekuraError(raw.GET(path, init))).reason).toBe('foreign_url')
})

test('middleware can change the URL below baseUrl', async () => {
  await using server = await startRecordingServer({ body: '{}' })
  const { raw } = createClient({
    apiKey: 'k',
    baseUrl: server.url,
  })
  raw.use({ onRequest: ({ request }) => new Request(`${request.url}&project_id=5`, request) })
  await raw.GET(path, init)
  expect(server.requests[0]!.target).toBe(`${path}?agent_id=7&project_id=5`)
})

test('middleware can replace a body', async () => {
  await using server = await startRecordingServer({ body: '{}' })
  const { raw } = createClient({
    apiKey: 'k',
    baseUrl: server.url,
  })
  raw.use({
    async onRequest({ request }) {
      const body = (await request.text()).toUpperCase()
      return new Request(request, { method: 'POST', body })
    },
  })
  const post = raw.POST as unknown as (path: string, init: object) => Promise<unknown>
  await post('/v1/items/', { body: { a: 'b' } })
  expect(server.requests[0]!.body.toString()).toBe('{"A":"B"}')
})

test.each([
  { what: 'a function', middleware: () => {} },
  { what: 'null', middleware: null },
  { what: 'an object without callbacks', middleware: {} },
  { what: 'a misspelled callback', middleware: { onStart: () => {} } },
])('rejects $what as middleware', async ({ middleware }) => {
  const error = await catchCekuraError(() =>
    createClient({ apiKey: 'k', middleware: [middleware as never] }),
  )
  expect(error).toMatchObject({
    reason: 'invalid_option',
    details: { option: 'middleware', expected: 'an array of openapi-fetch middleware' },
  })
})
