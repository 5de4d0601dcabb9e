import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MockResponse } from '../api/response.ts'
import { listen } from '../gateway/listen.ts'
import { sendFault } from './send-fault.ts'
import { parseTransportFault } from './transport-fault.ts'

const body = JSON.stringify({ text: 'x'.repeat(2000) })
const whole: MockResponse = {
  status: 200,
  headers: ['Content-Type', 'application/json', 'x-own', '1'],
  body: Buffer.from(body),
}
const path = '/calls?page=2'
const request = `GET ${path} HTTP/1.1\r\nhost: mock\r\n\r\n`

/** Response to the next request, and whether it was sent. */
let next: { fault: string; answer: MockResponse }
let sent: Promise<void>
let socket: Socket
let server: Server
let origin: string
beforeAll(async () => {
  server = createServer((incoming, response) => {
    socket = incoming.socket
    socket.on('error', () => {})
    sent = sendFault(parseTransportFault(next.fault), next.answer, incoming, response)
  })
  origin = await listen(server, 0, '127.0.0.1')
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const ask = (fault: string): Promise<Response> => {
  next = { fault, answer: whole }
  return fetch(origin + path, { redirect: 'manual' })
}

/** The bytes of one response, until the connection ends or `enough` has arrived. */
async function wire(
  fault: string,
  answer = whole,
  enough: (text: string) => boolean = () => false,
) {
  next = { fault, answer }
  const client = connect(Number(new URL(origin).port), '127.0.0.1')
  let text = ''
  let chunks = 0
  const ended = new Promise<string>((resolve) => {
    client.on('data', (data: Buffer) => {
      chunks++
      text += data.toString('latin1')
      if (enough(text)) resolve('open')
    })
    client.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''))
    client.on('end', () => resolve('end'))
  })
  client.write(request)
  const end = await ended
  client.destroy()
  const [head = '', got = ''] = text.split('\r\n\r\n')
  return { end, head: head.split('\r\n'), body: got, chunks }
}

const headOf = (length: number, status = '200 OK'): string[] => [
  `HTTP/1.1 ${status}`,
  'Content-Type: application/json',
  'x-own: 1',
  `content-length: ${length}`,
]

test('reset ends the connection before the first byte', async () => {
  expect(await wire('reset')).toMatchObject({ end: 'ECONNRESET', head: [''], body: '' })
})

test('reset-after-headers resets it in the middle of the body', async () => {
  const { end, head, body: got } = await wire('reset-after-headers')
  expect([end, head]).toEqual(['ECONNRESET', headOf(body.length)])
  // A reset may overtake what has been sent.
  expect(body.slice(0, body.length / 2).startsWith(got)).toBe(true)
})

test.each([
  { fault: 'truncate@300', want: body.slice(0, 300) },
  { fault: 'truncate@0', want: '' },
  { fault: 'truncate@99999', want: body.slice(0, -1) },
  { fault: 'wrong-length', want: body, length: body.length + 10 },
  { fault: 'wrong-length@-10', want: body, length: body.length - 10 },
  { fault: 'wrong-length@-99999', want: body, length: 0 },
])(
  '$fault closes the connection after a body of another length',
  async ({ fault, want, length }) => {
    expect(await wire(fault)).toMatchObject({
      end: 'end',
      head: headOf(length ?? body.length),
      body: want,
    })
  },
)

test('a response without a body lacks one byte, and an unknown status has no reason', async () => {
  const answer = { ...whole, status: 599, body: Buffer.alloc(0) }
  expect(await wire('truncate@300', answer)).toMatchObject({ end: 'end', head: headOf(1, '599 ') })
})

test('stall sends that many bytes and keeps the connection', async () => {
  const start = body.slice(0, 7)
  expect(await wire('stall@7', whole, (text) => text.endsWith(start))).toMatchObject({
    end: 'open',
    head: headOf(body.length),
    body: start,
  })
  expect(
    await wire('stall@99999', whole, (text) => text.endsWith(body.slice(-9, -1))),
  ).toMatchObject({ body: body.slice(0, -1) })
})

test('stall without a number sends nothing', async () => {
  next = { fault: 'stall', answer: whole }
  const received = once(server, 'request')
  const client = connect(Number(new URL(origin).port), '127.0.0.1')
  client.write(request)
  await received
  await sent
  expect([socket.bytesWritten, socket.destroyed]).toEqual([0, false])
  client.destroy()
})

test('drip sends the complete body in small pieces, then closes', async () => {
  const start = performance.now()
  const { end, head, body: got, chunks } = await wire('drip@200')
  expect([end, head, got]).toEqual(['end', headOf(body.length), body])
  expect(chunks).toBeGreaterThan(body.length / 400)
  expect(performance.now() - start).toBeGreaterThan((body.length / 200) * 8)
})

test('bad-json is a complete response that does not parse', async () => {
  const response = await ask('bad-json')
  expect([response.status, response.headers.get('x-own')]).toEqual([200, '1'])
  expect(await response.text()).toBe(body.slice(0, body.length / 2))
})

test.each([
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
])('html-%i is the error page of a gateway: %s', async (status, reason) => {
  const response = await ask(`html-${status}`)
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html'])
  expect(await response.text()).toMatch(
    new RegExp(`^<html>.*<title>${status} ${reason}</title>.*<h1>${status} ${reason}</h1>`, 's'),
  )
})

test.each([
  ['redirect', `https://elsewhere.invalid${path}`],
  ['redirect@http://127.0.0.1:9/x', 'http://127.0.0.1:9/x'],
])('%s leads to %s', async (fault, location) => {
  const response = await ask(fault)
  expect([response.status, response.headers.get('location')]).toEqual([302, location])
  expect([await response.text(), response.headers.get('x-own')]).toEqual(['', null])
})

test('gzip-bomb is small when sent and large when decompressed', async () => {
  const response = await ask('gzip-bomb@2')
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
  const text = await response.text()
  expect(JSON.parse(text)).toEqual({ count: 0, next: null, previous: null, results: [] })
  expect(text.split(' ')).toHaveLength(2 * 1_048_576 + 1)
  expect(socket.bytesWritten).toBeLessThan(text.length / 100)
})

test('latency delays a response and does not change it', async () => {
  const start = performance.now()
  const response = await ask('latency@60')
  expect([response.headers.get('x-own'), await response.text()]).toEqual(['1', body])
  expect(performance.now() - start).toBeGreaterThan(55)
})

test.each(['drip@1', 'gzip-bomb@100'])(
  'a client that disconnects ends %s',
  async (fault) => {
    await wire(fault, { ...whole, body: Buffer.alloc(1_000_000) }, () => true)
    expect(await sent).toBeUndefined()
  },
  5000,
)

test('nothing is sent to a client that has disconnected', async () => {
  const { ServerResponse, IncomingMessage } = await import('node:http')
  const closed = new IncomingMessage(new Socket().destroy())
  const response = new ServerResponse(closed)
  for (const fault of ['reset', 'drip@1', 'latency@1'])
    expect(await sendFault(parseTransportFault(fault), whole, closed, response)).toBeUndefined()
})

test('a response to HEAD has no body under any fault', async () => {
  for (const fault of ['truncate@300', 'drip@200', 'wrong-length']) {
    next = { fault, answer: whole }
    const client = connect(Number(new URL(origin).port), '127.0.0.1')
    client.write(request.replace('GET', 'HEAD'))
    let text = ''
    for await (const chunk of client) text += String(chunk)
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n$/s)
  }
})
