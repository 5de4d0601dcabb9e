import { once } from 'node:events'
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endToEnd, headerOf, problemResponse, type MockResponse } from '../api/response.ts'
import { exchangeHttp, UpstreamTimeout } from './http-exchange.ts'
import { listen } from './listen.ts'
import { readBody, sendResponse } from './read-body.ts'

test('headers of the connection and its framing are removed in any case', () => {
  const of = [
    'Connection',
    'close',
    'A',
    '1',
    'KEEP-ALIVE',
    't',
    'a',
    '2',
    'Transfer-Encoding',
    'x',
  ]
  expect(endToEnd([...of, 'content-length', '3'])).toEqual(['A', '1', 'a', '2'])
})

test('a header is found by its name, not by an equal value', () => {
  const answer = { headers: ['x', 'etag', 'ETag', 'one', 'etag', 'two'] }
  expect(headerOf(answer, 'etag')).toBe('one')
  expect(headerOf(answer, 'x')).toBe('etag')
  expect(headerOf(answer, 'one')).toBeUndefined()
})

test('a body is read in pieces, up to a limit', async () => {
  const message = Readable.from([Buffer.from('ab'), Buffer.from('c')]) as IncomingMessage
  expect((await readBody(message, 3))?.toString()).toBe('abc')
  const longer = Readable.from([Buffer.from('ab'), Buffer.from('cd')]) as IncomingMessage
  expect(await readBody(longer, 3)).toBeUndefined()
})

test('a response of the mock about itself is a problem document', () => {
  const { status, headers, body } = problemResponse(502, 'It ended')
  expect([status, headers]).toEqual([502, ['content-type', 'application/problem+json']])
  expect(new TextDecoder().decode(body)).toBe(
    '{"type":"about:blank","title":"It ended","status":502}',
  )
})

interface Heard {
  method: string
  url: string
  headers: string[]
  body: string
}
let heard: Heard[] = []
let reply: MockResponse | 'never' = { status: 200, headers: [], body: Buffer.from('') }
async function hear(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody(incoming, 1000))!
  const { method = '', url = '', rawHeaders: headers } = incoming
  heard.push({ method, url, headers, body: body.toString() })
  if (reply !== 'never') sendResponse(response, reply)
}
const server = createServer((incoming, response) => void hear(incoming, response))
let origin: string
const agent = new Agent()
beforeAll(async () => {
  origin = await listen(server, 0, '127.0.0.1')
})
afterAll(() => {
  agent.destroy()
  server.closeAllConnections()
  server.close()
})

const hand = (
  over: Partial<Parameters<typeof exchangeHttp>[1]> = {},
  at = origin,
  withinMs = 30_000,
  by = agent,
): Promise<MockResponse> => {
  heard = []
  const { signal } = new AbortController()
  const asked = {
    method: 'GET',
    target: '/a?b=1',
    headers: [],
    body: Buffer.alloc(0),
    signal,
    number: 1,
  }
  return exchangeHttp(at, { ...asked, ...over }, { agent: by, withinMs })
}

test('a request and its response are forwarded unchanged, but for the host', async () => {
  reply = { status: 418, headers: ['X-One', '1', 'x-one', '2'], body: Buffer.from('tea') }
  const headers = ['Host', 'elsewhere', 'X-Key', 'k', 'Connection', 'close', 'content-length', '9']
  const answer = await hand({ headers })
  expect(heard).toEqual([
    {
      method: 'GET',
      url: '/a?b=1',
      headers: ['host', origin.slice('http://'.length), 'X-Key', 'k', 'Connection', 'close'],
      body: '',
    },
  ])
  expect(answer.status).toBe(418)
  expect(new TextDecoder().decode(answer.body)).toBe('tea')
  expect(answer.headers.slice(0, 4)).toEqual(['X-One', '1', 'x-one', '2'])
  expect(answer.headers).not.toContain('content-length')
})

test.each([
  ['POST', 'x', ['content-length', '1']],
  ['POST', '', ['content-length', '0']],
  ['PATCH', '', ['content-length', '0']],
  ['DELETE', 'xy', ['content-length', '2']],
  ['DELETE', '', []],
  ['HEAD', '', []],
  ['OPTIONS', '', []],
  ['TRACE', '', []],
])('%s with the body "%s" has the length %j', async (method, body, length) => {
  reply = { status: 200, headers: [], body: Buffer.from('') }
  await hand({ method, body: Buffer.from(body) })
  const { headers } = heard[0]!
  const at = headers.indexOf('content-length')
  expect(at < 0 ? [] : headers.slice(at, at + 2)).toEqual(length)
  expect(heard[0]).toMatchObject({ method, body })
})

test.each(['/base', '/base/'])(
  'the path %s of the origin precedes the requested path',
  async (base) => {
    await hand({}, origin + base)
    expect(heard[0]!.url).toBe('/base/a?b=1')
  },
)

test('a https origin uses its agent', async () => {
  const secure = new SecureAgent()
  // Instead of TLS, which needs a certificate.
  secure.createConnection = () => connect(Number(new URL(origin).port), '127.0.0.1')
  reply = { status: 204, headers: [], body: Buffer.from('') }
  expect((await hand({}, 'https://calls.test', 30_000, secure)).status).toBe(204)
  expect(heard[0]!.headers).toContain('calls.test')
})

test('a slow response times out, a client that disconnects aborts', async () => {
  reply = 'never'
  await expect(hand({}, origin, 20)).rejects.toThrow(UpstreamTimeout)
  await expect(hand({ signal: AbortSignal.abort() })).rejects.toThrow('abort')
})

test.each([204, 304])('a response with %i has no body and no length', async (status) => {
  reply = { status, headers: ['x', '1'], body: Buffer.from('hidden') }
  const asked = request(`${origin}/`, { agent })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect([answer.statusCode, answer.headers['x'], answer.headers['content-length']]).toEqual([
    status,
    '1',
    undefined,
  ])
  expect((await readBody(answer, 9))!.length).toBe(0)
})
