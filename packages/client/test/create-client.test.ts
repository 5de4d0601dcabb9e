import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { apiKeyHeader, operationPaths } from '@cekura-kit/types'
import { afterEach, expect, test } from 'vitest'
import { CekuraError, createClient, type CallLogPage } from '@cekura-kit/client'

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
  const outcome = await createClient({ apiKey, baseUrl, maxRetries: 0 })
    .callLogs.list({ agent_id: 1 })
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  if (!CekuraError.is(outcome)) throw new Error(`expected a CekuraError, got ${inspect(outcome)}`)
  return outcome
}

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
  expect(url.pathname).toBe(operationPaths.listCallLogs)
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
    `Cannot GET ${operationPaths.listCallLogs}: the service answered ${status}: ${words}`,
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

test('an unreachable service is connection, a silent one timeout, an aborted call aborted', async () => {
  const closed = await serve(answer(200, ''))
  servers.pop()!.close()
  expect((await failureOf(closed)).code).toBe('connection')

  const silent = createClient({
    apiKey,
    baseUrl: await serve(() => {}),
    timeout: 20,
    maxRetries: 0,
  })
  await expect(silent.callLogs.list({ agent_id: 1 })).rejects.toMatchObject({ code: 'timeout' })

  const patient = createClient({ apiKey, baseUrl: await serve(() => {}) })
  const call = patient.callLogs.list({ agent_id: 1 }, { signal: AbortSignal.abort() })
  await expect(call).rejects.toMatchObject({ code: 'aborted' })
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
  { name: 'no key', options: { apiKey: '' }, want: /there is none; set CEKURA_API_KEY/ },
  {
    name: 'a key with a line break',
    options: { apiKey: 'a\nb' },
    want: /it holds a space, a line break/,
  },
  { name: 'no URL', options: { apiKey, baseUrl: 'nope' }, want: /"nope" is not a URL/ },
  { name: 'http elsewhere', options: { apiKey, baseUrl: 'http://a.example' }, want: /unencrypted/ },
  { name: 'a password', options: { apiKey, baseUrl: 'https://u:p@a.example' }, want: /password/ },
  { name: 'a query', options: { apiKey, baseUrl: 'https://a.example/?x=1' }, want: /a query/ },
  {
    name: 'a fraction of a retry',
    options: { apiKey, maxRetries: 0.5 },
    want: /maxRetries: it is 0.5/,
  },
  { name: 'a time beyond timers', options: { apiKey, totalTimeout: 2 ** 31 }, want: /2147483648/ },
  { name: 'no time', options: { apiKey, timeout: Number.NaN }, want: /timeout: it is NaN; give/ },
])('createClient() refuses $name with one sentence', ({ options, want }) => {
  expect(() => createClient(options)).toThrow(want)
})
