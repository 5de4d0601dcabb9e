import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { afterEach, expect, test } from 'vitest'
import { CekuraError, createClient, type CallLogPage } from '@cekura-kit/client'
import { createClientWith } from '../src/create-client.ts'
import { stillEffects } from './still-effects.ts'

const apiKey = 'canary-key-123'
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** Base URL of a real server that answers as told. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const page = (ids: number[], next: string | null): CallLogPage => ({
  count: 3,
  next,
  previous: null,
  results: ids.map((id) => ({
    id,
    call_id: `call_${id}`,
    timestamp: '2025-01-15T09:30:00Z',
    status: 'success',
  })),
})

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

async function failureOf(baseUrl: string): Promise<CekuraError> {
  const outcome = await createClientWith({ apiKey, baseUrl, maxRetries: 0 }, stillEffects)
    .callLogs.list({ agent_id: 1 })
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  if (!CekuraError.is(outcome)) throw new Error(`expected a CekuraError, got ${inspect(outcome)}`)
  return outcome
}

test.each([
  { query: 'with a query', params: { agent_id: 7 } },
  { query: 'without one', params: {} },
])('hooks are told the whole path and nothing behind it, $query', async ({ params }) => {
  const paths: unknown[] = []
  const baseUrl = await serve(answer(200, page([1], null)))
  const hooks = { onRequest: ({ path }: { path?: unknown }) => void paths.push(path) }
  const { raw } = createClient({ apiKey, baseUrl, hooks })
  await raw.GET(operationDescriptors['callLogs.list'].path, {
    params: { query: params as { agent_id: number } },
  })
  expect(paths).toEqual([operationDescriptors['callLogs.list'].path])
})

test('list() sends the key, asks for JSON and keeps the query', async () => {
  const seen: unknown[] = []
  const baseUrl = await serve((request, response) => {
    seen.push(request.url, request.headers[apiKeyHeader.toLowerCase()], request.headers.accept)
    answer(200, page([1], null))(request, response)
  })
  const body = await createClient({ apiKey, baseUrl }).callLogs.list({
    agent_id: 7,
    call_ids: '1,2',
  })
  expect(body.results[0]?.id).toBe(1)
  const url = new URL(String(seen[0]), baseUrl)
  expect(url.pathname).toBe(operationDescriptors['callLogs.list'].path)
  expect(Object.fromEntries(url.searchParams)).toEqual({ agent_id: '7', call_ids: '1,2' })
  expect(seen.slice(1)).toEqual([apiKey, 'application/json'])
})

test('iterating counts pages itself and never follows the address in next', async () => {
  const baseUrl = await serve((request, response) => {
    const number = Number(new URL(request.url!, 'http://x').searchParams.get('page'))
    answer(200, page([number], number < 3 ? 'http://127.0.0.1:1/steal' : null))(request, response)
  })
  const ids: number[] = []
  for await (const call of createClient({ apiKey, baseUrl }).callLogs.list({ agent_id: 7 }))
    ids.push(call.id)
  expect(ids).toEqual([1, 2, 3])
})

test.each([
  {
    status: 400,
    body: { agent_id: ['Required.'] },
    code: 'bad_request',
    words: 'agent_id: Required.',
  },
  { status: 401, body: { detail: 'No key.' }, code: 'authentication', words: 'No key.' },
  { status: 403, body: { detail: 'No.' }, code: 'permission', words: 'No.' },
  { status: 404, body: { detail: 'Invalid page.' }, code: 'not_found', words: 'Invalid page.' },
  { status: 418, body: ['Tea', 'pot'], code: 'api', words: 'Tea pot' },
  { status: 429, body: { detail: 'Slow.' }, code: 'rate_limit', words: 'Slow.' },
  {
    status: 503,
    body: '<h1>Bad &amp; gone</h1><script>x</script>',
    code: 'server',
    words: 'Bad &amp; gone',
  },
])('an answer of $status becomes $code and says why', async ({ status, body, code, words }) => {
  const error = await failureOf(
    await serve(answer(status, body, { 'retry-after': '7', 'x-request-id': 'r1' })),
  )
  expect(error).toMatchObject({ code, status, requestId: 'r1', retryAfterMs: 7000 })
  expect(error.message).toBe(
    `Cannot GET ${operationDescriptors['callLogs.list'].path}: the service answered ${status}: ${words}`,
  )
})

test.each([
  { name: 'a web page', body: '<html></html>' },
  { name: 'cut JSON', body: '{"count": 1, "results": [' },
  { name: 'an array', body: [] },
  { name: 'null', body: 'null' },
])('200 with $name is invalid_response, never data', async ({ body }) => {
  const error = await failureOf(await serve(answer(200, body)))
  expect(error.code).toBe('invalid_response')
})

test('a redirect is refused and the key stays at its origin', async () => {
  let stolen = 0
  const thief = await serve((request, response) => {
    stolen++
    answer(200, page([1], null))(request, response)
  })
  const error = await failureOf(await serve(answer(302, '', { location: thief })))
  expect(error).toMatchObject({ code: 'api', status: 302 })
  expect(stolen).toBe(0)
})

test('a call aborted while its key is looked up sends nothing', async () => {
  const controller = new AbortController()
  let sent = 0
  const patient = createClient({
    baseUrl: 'https://api.example',
    apiKey: async () => {
      controller.abort()
      return 'key'
    },
    fetch: async () => {
      sent += 1
      return new Response('{}')
    },
  })
  const call = patient.callLogs.list({ agent_id: 1 }, { signal: controller.signal })
  await expect(call).rejects.toMatchObject({ code: 'aborted' })
  // What goes on beside the call that was given up has had its turn.
  await new Promise((resolve) => setImmediate(resolve))
  expect(sent).toBe(0)
})

test('an unreachable service is connection, a silent one timeout, an aborted call aborted', async () => {
  const closed = await serve(answer(200, ''))
  servers.pop()!.close()
  const failed = await failureOf(closed)
  expect(failed.code).toBe('connection')
  expect(failed.cause).toBeInstanceOf(TypeError)

  const silent = createClient({
    apiKey,
    baseUrl: await serve(() => {}),
    timeout: 20,
    maxRetries: 0,
  })
  await expect(silent.callLogs.list({ agent_id: 1 })).rejects.toMatchObject({ code: 'timeout' })

  const patient = createClient({ apiKey, baseUrl: await serve(() => {}), timeout: 20 })
  const call = patient.callLogs.list({ agent_id: 1 }, { signal: AbortSignal.abort() })
  await expect(call).rejects.toMatchObject({
    code: 'aborted',
    message: `Cannot GET ${operationDescriptors['callLogs.list'].path}: aborted`,
  })
})

test('the key stands in no error', async () => {
  for (const baseUrl of [
    await serve(answer(401, { detail: 'x' })),
    await serve(answer(200, '<')),
  ]) {
    const error = await failureOf(baseUrl)
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain(apiKey)
  }
})

test.each([
  {
    how: 'throws',
    apiKey: () => {
      throw new Error('vault is sealed')
    },
  },
  { how: 'rejects', apiKey: () => Promise.reject(new Error('vault is sealed')) },
])('a key function that $how is an authentication failure, and nothing is sent', async (row) => {
  let sent = 0
  const baseUrl = await serve((_, response) => {
    sent++
    response.end()
  })
  await expect(
    createClient({ apiKey: row.apiKey, baseUrl }).callLogs.list({ agent_id: 7 }),
  ).rejects.toMatchObject({
    code: 'authentication',
    attempts: 0,
    message: `Cannot GET ${operationDescriptors['callLogs.list'].path}: apiKey() failed`,
    cause: { message: 'vault is sealed' },
  })
  expect(sent).toBe(0)
})

test('a key function that gives what is no key is refused, and nothing is sent', async () => {
  const { callLogs } = createClient({
    apiKey: () => 'canary\n',
    fetch: () => Promise.reject(new Error('not asked')),
  })
  const failed = await callLogs.list({ agent_id: 7 }).catch((error: unknown) => error)
  expect(failed).toMatchObject({ code: 'usage', attempts: 0 })
  expect((failed as Error).message).toContain('apiKey is "***"; give CEKURA_API_KEY')
  expect(inspect(failed)).not.toContain('canary')
})

test('a character that comes in two pieces is read whole', async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(page([1], null)).replace('call_1', 'ä€😀'))
  const fetch = async () =>
    new Response(
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(sink) {
          for (const byte of bytes) sink.enqueue(Uint8Array.of(byte))
          sink.close()
        },
      }),
    )
  const { results } = await createClient({ apiKey, fetch }).callLogs.list({ agent_id: 1 })
  expect(results[0]?.call_id).toBe('ä€😀')
})

test('an answer that is too large is not read to its end', async () => {
  let isLeft = false
  const fetch = async () =>
    new Response(
      new ReadableStream({
        pull: (sink) => sink.enqueue(new Uint8Array(1000)),
        cancel() {
          isLeft = true
        },
      }),
    )
  const { callLogs } = createClient({ apiKey, fetch, maxResponseBytes: 5000 })
  await expect(callLogs.list({ agent_id: 1 })).rejects.toMatchObject({ code: 'invalid_response' })
  expect(isLeft).toBe(true)
})

test('raw gives a refusal as a value, and throws where there is no answer to give', async () => {
  const params = { query: { agent_id: 1 } }
  const refusing = createClient({
    apiKey,
    baseUrl: await serve(answer(404, { detail: 'Invalid page.' })),
  })
  expect(
    await refusing.raw.GET(operationDescriptors['callLogs.list'].path, { params }),
  ).toMatchObject({
    error: { detail: 'Invalid page.' },
    response: { status: 404 },
  })
  const baseUrl = await serve(answer(302, '', { location: '/' }))
  await expect(
    createClient({ apiKey, baseUrl }).raw.GET(operationDescriptors['callLogs.list'].path, {
      params,
    }),
  ).rejects.toMatchObject({ code: 'api', status: 302 })
})
