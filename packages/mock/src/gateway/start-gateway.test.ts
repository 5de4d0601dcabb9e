import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MockError } from '../mock-error.ts'
import type { Answer } from './answer.ts'
import {
  listenError,
  originOf,
  startGateway,
  type Gateway,
  type GatewayRequest,
} from './start-gateway.ts'

let started: Gateway[] = []
afterEach(async () => {
  await Promise.all(started.map((gateway) => gateway.close()))
  started = []
})
async function start(faults = ''): Promise<Gateway> {
  const gateway = await startGateway({ port: 0, host: '127.0.0.1', faults })
  started.push(gateway)
  return gateway
}

const request = 'GET / HTTP/1.1\r\nhost: mock\r\n\r\n'
const tea: Answer = { status: 418, headers: ['x-own', '1'], body: Buffer.from('tea') }
const short = { answer: async () => tea }

/** A backend that answers when it is told to. */
function createSlow() {
  const heard: GatewayRequest[] = []
  let arrive!: () => void
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  let resolve!: (answer: Answer) => void
  let reject!: (error: Error) => void
  const answered = new Promise<Answer>((...settle) => ([resolve, reject] = settle))
  const answer = (request: GatewayRequest): Promise<Answer> => {
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

test('a request is handed on as it came, its answer given back as it is', async () => {
  const gateway = await start()
  const slow = createSlow()
  gateway.open(slow)
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
  expect(slow.heard).toMatchObject([{ method: 'POST', path: '/a?b=1', body: Buffer.from('milk') }])
  expect(slow.heard[0]!.headers).toEqual(expect.arrayContaining(['X-Own', 'k']))
})

test('a connection is kept for the next request', async () => {
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

test('what comes before the backend waits for it', async () => {
  const gateway = await start()
  const early = fetch(gateway.url)
  gateway.open(short)
  expect((await early).status).toBe(418)
})

test('a shorter way is taken by the requests that no fault hits', async () => {
  const gateway = await start('2:latency@0')
  gateway.open({ ...short, listener: (_, response) => response.writeHead(204).end() })
  const { url } = gateway
  expect(await statusesOf([url, url, url])).toEqual([204, 418, 204])
})

test('a schedule counts from when it was set, and an empty one ends the faults', async () => {
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

test.each(['at once', 'in chunks'])('a body of up to a MiB is handed on, sent %s', async (how) => {
  const gateway = await start()
  const heard: number[] = []
  gateway.open({ answer: async ({ body }) => (heard.push(body.length), tea) })
  const send = async (bytes: number): Promise<Response> => {
    const text = 'x'.repeat(bytes)
    const body = how === 'at once' ? text : new Blob([text]).stream()
    return fetch(gateway.url, { method: 'POST', body, duplex: 'half' })
  }
  expect((await send(1_048_576)).status).toBe(418)
  for (const bytes of [1_048_577, 5_000_000]) {
    const refused = await send(bytes)
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({
      title: 'The mock reads bodies of up to 1048576 bytes',
    })
  }
  expect(heard).toEqual([1_048_576])
})

test('a backend that fails is a 500 that says why', async () => {
  const gateway = await start()
  gateway.open({ answer: () => Promise.reject(new Error('no tea')) })
  const response = await fetch(gateway.url)
  expect(response.status).toBe(500)
  expect(await response.json()).toMatchObject({ title: 'The mock failed: no tea' })
})

test.each(['', '*:truncate@1', '*:drip@1'])(
  'a client that hangs up is told to the backend, and its answer comes to nothing: "%s"',
  async (faults) => {
    const gateway = await start(faults)
    const [answered, failed] = [createSlow(), createSlow()]
    const backends = [answered, failed]
    gateway.open({ answer: (request) => backends.shift()!.answer(request) })
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

test('close() lets requests under way end, and waits for no kept connection', async () => {
  const gateway = await start()
  const slow = createSlow()
  gateway.open(slow)
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

test('close() cuts at once what it is not told to wait for, and never waits for a stall', async () => {
  const [gateway, stalling] = [await start(), await start('*:stall@1')]
  const slow = createSlow()
  gateway.open(slow)
  stalling.open(short)
  const asked = expect(fetch(gateway.url)).rejects.toThrow()
  await slow.arrived
  const hanging = await fetch(stalling.url)
  await Promise.all([gateway.close(), stalling.close(60_000)])
  await asked
  await expect(hanging.text()).rejects.toThrow()
}, 4000)

test('a port in use and a host that cannot be are told with the fix', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  await expect(startGateway({ port, host: '127.0.0.1', faults: '' })).rejects.toThrow(
    new MockError(
      `Cannot start the mock on port ${port}: the port is in use; stop what uses it, or take port 0 for a free one`,
    ),
  )
  expect(listenError(new Error('no such host'), 'elsewhere', 80)).toEqual(
    new MockError('Cannot start the mock on elsewhere:80: no such host; give another host or port'),
  )
})

test('a host is reached at its name, an address of IPv6 in brackets', () => {
  expect(originOf('localhost', 80)).toBe('http://localhost:80')
  expect(originOf('::1', 80)).toBe('http://[::1]:80')
})
