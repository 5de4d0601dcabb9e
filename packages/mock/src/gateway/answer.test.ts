import { once } from 'node:events'
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endToEnd, headerOf, problemAnswer, readBody, sendAnswer, type Answer } from './answer.ts'
import { exchange, TooLate } from './exchange.ts'
import { listen } from './start-gateway.ts'

test('headers of the connection and of the framing stay behind, whatever their case', () => {
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

test('a header is found by its name, not by a value that says the same', () => {
  const answer = { headers: ['x', 'etag', 'ETag', 'one', 'etag', 'two'] }
  expect(headerOf(answer, 'etag')).toBe('one')
  expect(headerOf(answer, 'x')).toBe('etag')
  expect(headerOf(answer, 'one')).toBeUndefined()
})

test('a body is read whole, whatever it comes in', async () => {
  const message = Readable.from([Buffer.from('ab'), Buffer.from('c')]) as IncomingMessage
  expect((await readBody(message)).toString()).toBe('abc')
})

test('an answer of the mock about itself is a problem', () => {
  expect(problemAnswer(502, 'It ended')).toEqual({
    status: 502,
    headers: ['content-type', 'application/problem+json'],
    body: Buffer.from('{"type":"about:blank","title":"It ended","status":502}'),
  })
})

interface Heard {
  method: string
  url: string
  headers: string[]
  body: string
}
let heard: Heard[] = []
let reply: Answer | 'never' = { status: 200, headers: [], body: Buffer.from('') }
async function hear(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(incoming)
  const { method = '', url = '', rawHeaders: headers } = incoming
  heard.push({ method, url, headers, body: body.toString() })
  if (reply !== 'never') sendAnswer(response, reply)
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
  over: Partial<Parameters<typeof exchange>[1]> = {},
  at = origin,
  withinMs = 30_000,
  by = agent,
): Promise<Answer> => {
  heard = []
  const { signal } = new AbortController()
  const asked = { method: 'GET', path: '/a?b=1', headers: [], body: Buffer.alloc(0), signal }
  return exchange(at, { ...asked, ...over }, { agent: by, withinMs })
}

test('a request is handed on as it came, for the host it goes to, and so is its answer', async () => {
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
  expect(answer.body.toString()).toBe('tea')
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
])('%s with the body "%s" says how long it is: %j', async (method, body, length) => {
  reply = { status: 200, headers: [], body: Buffer.from('') }
  await hand({ method, body: Buffer.from(body) })
  const { headers } = heard[0]!
  const at = headers.indexOf('content-length')
  expect(at < 0 ? [] : headers.slice(at, at + 2)).toEqual(length)
  expect(heard[0]).toMatchObject({ method, body })
})

test.each(['/base', '/base/'])(
  'the path %s of the origin stands before the one asked for',
  async (base) => {
    await hand({}, origin + base)
    expect(heard[0]!.url).toBe('/base/a?b=1')
  },
)

test('an origin of https is asked by the agent for it', async () => {
  const secure = new SecureAgent()
  // Instead of TLS, which needs a certificate.
  secure.createConnection = () => connect(Number(new URL(origin).port), '127.0.0.1')
  reply = { status: 204, headers: [], body: Buffer.from('') }
  expect((await hand({}, 'https://calls.test', 30_000, secure)).status).toBe(204)
  expect(heard[0]!.headers).toContain('calls.test')
})

test('what takes too long is given up, what is hung up is aborted', async () => {
  reply = 'never'
  await expect(hand({}, origin, 20)).rejects.toThrow(TooLate)
  await expect(hand({ signal: AbortSignal.abort() })).rejects.toThrow('abort')
})

test.each([204, 304])('an answer with %i has no body and no length', async (status) => {
  reply = { status, headers: ['x', '1'], body: Buffer.from('hidden') }
  const asked = request(`${origin}/`, { agent })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect([answer.statusCode, answer.headers['x'], answer.headers['content-length']]).toEqual([
    status,
    '1',
    undefined,
  ])
  expect((await readBody(answer)).length).toBe(0)
})
