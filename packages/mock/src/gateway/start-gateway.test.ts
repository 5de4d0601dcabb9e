import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MockError } from '../mock-error.ts'
import type { HttpRequest, MockResponse } from '../api/response.ts'
import { originOf } from './listen.ts'
import { startGateway, type Gateway } from './start-gateway.ts'

const guard = { hosts: [], crossOrigin: true, jsonWrites: false }

let started: Gateway[] = []
afterEach(async () => {
  await Promise.all(started.map((gateway) => gateway.close()))
  started = []
})
async function start(faults = ''): Promise<Gateway> {
  const gateway = await startGateway({ port: 0, host: '127.0.0.1', faults, guard })
  started.push(gateway)
  return gateway
}

const request = 'GET / HTTP/1.1\r\nhost: mock\r\n\r\n'
const tea: MockResponse = { status: 418, headers: ['x-own', '1'], body: Buffer.from('tea') }
const short = async (): Promise<MockResponse> => tea

/** A backend that responds on request. */
function createSlow() {
  const heard: HttpRequest[] = []
  let arrive!: () => void
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  let resolve!: (answer: MockResponse) => void
  let reject!: (error: Error) => void
  const answered = new Promise<MockResponse>((...settle) => ([resolve, reject] = settle))
  const answer = (request: HttpRequest): Promise<MockResponse> => {
    heard.push(request)
    arrive()
    return answered
  }
  return { heard, arrived, resolve, reject, answer }
}

const statusesOf = async (urls: string[]): Promise<number[]> => {
  const statuses = []
  for (const url of urls) statuses.push((await fetch(url)).status)
  return statuses
}
const openSocket = (gateway: Gateway, text: string): Socket => {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(text)
  return socket
}

test('a request and its response are passed on unchanged', async () => {
  const gateway = await start()
  const slow = createSlow()
  gateway.open(slow.answer)
  slow.resolve(tea)
  const response = await fetch(`${gateway.url}/a?b=1`, {
    method: 'POST',
    body: 'milk',
    headers: { 'X-Own': 'k' },
  })
  expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([
    418,
    '1',
    'tea',
  ])
  expect(slow.heard).toMatchObject([
    { method: 'POST', target: '/a?b=1', body: Buffer.from('milk') },
  ])
  expect(slow.heard[0]!.headers).toEqual(expect.arrayContaining(['X-Own', 'k']))
})

test('a connection serves the next request too', async () => {
  const gateway = await start()
  gateway.open(short)
  const client = openSocket(gateway, request)
  for (let n = 0; n < 3; n++) {
    const [answer] = (await once(client, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 418 .*tea$/s)
    client.write(request)
  }
  client.destroy()
})

test('a request waits until the backend is open', async () => {
  const gateway = await start()
  const early = fetch(gateway.url)
  gateway.open(short)
  expect((await early).status).toBe(418)
})

test('a schedule counts requests from when it was set; an empty one ends the faults', async () => {
  const gateway = await start('2:html-502')
  gateway.open(short)
  const { url } = gateway
  expect(await statusesOf([url, url, url])).toEqual([418, 502, 418])
  gateway.setFaults('2-3:html-503')
  expect(await statusesOf([url, url, url, url])).toEqual([418, 503, 503, 418])
  gateway.setFaults('*:html-503')
  gateway.setFaults('')
  expect(await statusesOf([url])).toEqual([418])
  expect(() => gateway.setFaults('1:explode')).toThrow(MockError)
})

test('a redirect by a fault keeps the path', async () => {
  const gateway = await start('*:redirect')
  gateway.open(short)
  const response = await fetch(`${gateway.url}/a?b=1`, { redirect: 'manual' })
  expect(response.headers.get('location')).toBe('https://elsewhere.invalid/a?b=1')
})

test.each(['at once', 'in chunks'])('a body of up to 1 MiB is passed on, sent %s', async (how) => {
  const gateway = await start()
  const heard: number[] = []
  gateway.open(async ({ body }) => (heard.push(body.length), tea))
  const send = async (bytes: number): Promise<Response> => {
    const text = 'x'.repeat(bytes)
    const body = how === 'at once' ? text : new Blob([text]).stream()
    return fetch(gateway.url, { method: 'POST', body, duplex: 'half' })
  }
  expect((await send(1_048_576)).status).toBe(418)
  for (const bytes of [1_048_577, 5_000_000]) {
    const rejected = await send(bytes)
    expect(rejected.status).toBe(413)
    expect(await rejected.json()).toMatchObject({
      title: 'Request body larger than 1048576 bytes.',
    })
  }
  expect(heard).toEqual([1_048_576])
})

test('a backend that fails is a 500 with the reason', async () => {
  const gateway = await start()
  gateway.open(() => Promise.reject(new Error('no tea')))
  const response = await fetch(gateway.url)
  expect(response.status).toBe(500)
  expect(await response.json()).toMatchObject({ title: 'The mock failed: no tea' })
})

test.each(['', '*:truncate@1', '*:drip@1'])(
  'a client that disconnects aborts its request, with faults "%s"',
  async (faults) => {
    const gateway = await start(faults)
    const [answered, failed] = [createSlow(), createSlow()]
    const backends = [answered, failed]
    gateway.open((incoming) => backends.shift()!.answer(incoming))
    for (const slow of [answered, failed]) {
      const client = openSocket(gateway, request)
      await slow.arrived
      const { signal } = slow.heard[0]!
      expect(signal.aborted).toBe(false)
      client.resetAndDestroy()
      await once(signal, 'abort')
    }
    answered.resolve(tea)
    failed.reject(new Error('too late'))
    backends.push(createSlow())
    backends[0]!.resolve(tea)
    gateway.setFaults('')
    expect(await statusesOf([gateway.url])).toEqual([418])
  },
)

test('close() lets open requests finish and closes idle connections', async () => {
  const gateway = await start()
  const slow = createSlow()
  gateway.open(slow.answer)
  const client = openSocket(gateway, request)
  await slow.arrived
  const closed = gateway.close(60_000)
  expect(gateway.close()).toBe(closed)
  await expect(fetch(gateway.url)).rejects.toThrow()
  slow.resolve(tea)
  const [answer] = (await once(client, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/tea$/)
  await closed
  // The server itself would end the connection after five seconds.
}, 4000)

test('close() without a grace period ends open requests, and stalled ones always', async () => {
  const [gateway, stalling] = [await start(), await start('*:stall@1')]
  const slow = createSlow()
  gateway.open(slow.answer)
  stalling.open(short)
  const asked = expect(fetch(gateway.url)).rejects.toThrow()
  await slow.arrived
  const hanging = await fetch(stalling.url)
  await Promise.all([gateway.close(), stalling.close(60_000)])
  await asked
  await expect(hanging.text()).rejects.toThrow()
}, 4000)

test('a port in use and an invalid host are errors', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  const options = { faults: '', guard }
  await expect(startGateway({ ...options, port, host: '127.0.0.1' })).rejects.toThrow(
    new MockError(`Port ${port} is in use. Choose another one, or 0 for a free port.`),
  )
  await expect(startGateway({ ...options, port: 0, host: '192.0.2.1' })).rejects.toThrow(
    /^Cannot listen on 192\.0\.2\.1:0: .*\. Choose another host or port\.$/,
  )
})

test('the base URL of an IPv6 address has brackets', () => {
  expect(originOf('localhost', 80)).toBe('http://localhost:80')
  expect(originOf('::1', 80)).toBe('http://[::1]:80')
})
