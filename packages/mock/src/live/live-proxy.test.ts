// The service is a local server; it sends the worst that a service can send.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { listOperations, type SpecDocument } from '@cekura-kit/spec'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMock, type Mock } from '../index.ts'

const key = 'canary-key-4711'
const path = `${operationDescriptors['callLogs.list'].path}?agent_id=2142`
const [operation] = listOperations(bundled as unknown as SpecDocument)
const page = operation!.responses[0]!.examples[0]!.value as unknown as {
  results: { status: string }[]
  count: unknown
  next: unknown
}
const json: Record<string, string> = { 'content-type': 'application/json' }
const secret = '+15550109999'

let service: Server
let elsewhere: Server
let seen: IncomingMessage[]
let stolen: IncomingMessage[]
let respond: (request: IncomingMessage, response: ServerResponse) => void
let mock: Mock

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const ask = (init: RequestInit = {}, at = path) =>
  fetch(mock.url + at, {
    redirect: 'manual',
    ...init,
    headers: { [apiKeyHeader]: key, accept: 'application/json' },
  })

beforeAll(async () => {
  service = createServer((request, response) => {
    seen.push(request)
    respond(request, response)
  }).listen(0, '127.0.0.1')
  elsewhere = createServer((request, response) => {
    stolen.push(request)
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await Promise.all([once(service, 'listening'), once(elsewhere, 'listening')])
  mock = await startMock({ mode: 'live-proxy', upstream: urlOf(service) })
})
beforeEach(async () => {
  seen = []
  stolen = []
  await mock.reset()
})
afterEach(() => {
  expect(JSON.stringify(mock.unchecked())).not.toMatch(new RegExp(`${key}|${secret.slice(1)}`))
  expect(stolen).toEqual([])
  expect(JSON.stringify(mock.violations())).not.toMatch(new RegExp(`${key}|${secret.slice(1)}`))
})
afterAll(async () => {
  await mock.close()
  for (const server of [service, elsewhere]) {
    server.closeAllConnections()
    server.close()
  }
})

test('a response is returned unchanged, of one request with the key', async () => {
  const body = gzipSync(JSON.stringify(page))
  respond = (_, response) => {
    response.writeHead(200, { ...json, 'content-encoding': 'gzip', 'set-cookie': ['a=1', 'b=2'] })
    response.end(body)
  }
  const response = await ask()
  expect(await response.json()).toEqual(page)
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(seen).toHaveLength(1)
  expect(seen[0]!.headers[apiKeyHeader.toLowerCase()]).toBe(key)
  expect(seen[0]!.url).toBe(path)
  expect(seen[0]!.headers.host).toBe(urlOf(service).slice('http://'.length))
  expect(mock.violations()).toEqual([])
})

const bad = (change: (of: typeof page) => void) => {
  const other = structuredClone(page)
  change(other)
  return JSON.stringify(other)
}

test.each<{
  name: string
  status?: number
  headers?: Record<string, string>
  body: string
  want: RegExp
}>([
  {
    name: 'an enum value',
    body: bad(({ results }) => (results[0]!.status = secret)),
    want: /results\.0\.status/,
  },
  { name: 'a missing field', body: bad((of) => delete of.next), want: /next/ },
  { name: 'an undocumented status', status: 418, body: '{}', want: /418|status|route/i },
  { name: 'a 501', status: 501, body: '{}', want: /status code/ },
  {
    name: 'HTML',
    headers: { 'content-type': 'text/html' },
    body: secret,
    want: /text\/html|media type/i,
  },
  { name: 'a body that is not JSON', body: `<${secret}`, want: /not valid JSON/ },
  {
    name: 'an invalid content type',
    headers: { 'content-type': 'json' },
    body: '{}',
    want: /not a valid media type/,
  },
  {
    name: 'an empty content type',
    headers: { 'content-type': '' },
    body: '{}',
    want: /not a valid media type/,
  },
  {
    name: 'a content type with a loose end',
    headers: { 'content-type': 'application/json;' },
    body: '{}',
    want: /not a valid media type/,
  },
  {
    name: 'a body without its content encoding',
    headers: { ...json, 'content-encoding': 'gzip' },
    body: '{}',
    want: /content encoding/,
  },
])(
  '$name reaches the client unchanged and is reported',
  async ({ status = 200, headers = json, body, want }) => {
    respond = (_, response) => {
      response.writeHead(status, headers)
      response.end(body)
    }
    const response = await ask()
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      headers['content-type'],
    ])
    if (!headers['content-encoding']) expect(await response.text()).toBe(body)
    expect(
      mock
        .violations()
        .map(({ location, message }) => `${location} ${message}`)
        .join(),
    ).toMatch(want)
    // The next response is validated again.
    await mock.reset()
    respond = (_, response) => response.writeHead(200, json).end(JSON.stringify(page))
    expect((await ask()).status).toBe(200)
    expect(mock.violations()).toEqual([])
  },
)

test('a violation names the parameters after a second question mark too', async () => {
  respond = (_, response) => response.writeHead(200, json).end('{}')
  await fetch(`${mock.url}${path}&topic=why?&page=2`, { headers: { [apiKeyHeader]: key } })
  expect(mock.violations()[0]?.query).toEqual(['agent_id', 'topic', 'page'])
})

test.each([301, 302, 307, 308])(
  '%i to another origin is returned to the client',
  async (status) => {
    respond = (_, response) =>
      response.writeHead(status, { location: `${urlOf(elsewhere)}/?key=${key}` }).end()
    const response = await ask()
    expect(response.status).toBe(status)
    expect(response.headers.get('location')).toContain(urlOf(elsewhere))
    expect(mock.violations()).toMatchObject([
      {
        location: 'response.status',
        message: expect.stringContaining(`${urlOf(elsewhere)}, which`) as string,
        method: 'GET',
        path: operationDescriptors['callLogs.list'].path,
        query: ['agent_id'],
        status,
      },
    ])
    expect(seen).toHaveLength(1)
  },
)

test.each<[string, (response: ServerResponse) => void]>([
  ['resets the connection', (response) => response.socket!.resetAndDestroy()],
  [
    'breaks off in the body',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '1000' })
      response.write('{"count":', () => response.socket!.destroy())
    },
  ],
  ['speaks no HTTP', (response) => response.socket!.end('hello')],
])(
  'a service that %s is a 502 and no violation, and the next response is validated',
  async (_, end) => {
    respond = (_request, response) => end(response)
    expect((await ask()).status).toBe(502)
    expect(mock.violations()).toEqual([])
    expect(mock.unchecked()).toMatchObject([
      { reason: expect.stringMatching(/^the service is not reachable/) as string, status: 502 },
    ])
    await mock.reset()
    respond = (_request, response) => response.writeHead(200, json).end(JSON.stringify(page))
    expect((await ask()).status).toBe(200)
  },
)

test('HEAD, OPTIONS and bodies reach the service', async () => {
  respond = (request, response) => response.writeHead(request.method === 'POST' ? 405 : 200).end()
  expect((await ask({ method: 'HEAD' })).status).toBe(200)
  expect((await ask({ method: 'OPTIONS' })).status).toBe(200)
  expect(mock.violations()).toEqual([])
  expect((await ask({ method: 'POST', body: '{"a":' })).status).toBe(405)
  expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'OPTIONS', 'POST'])
})

test('a path that names another host is a path of the service', async () => {
  respond = (_, response) => response.writeHead(404, json).end('{"detail":"x"}')
  expect((await ask({}, `//${urlOf(elsewhere).slice(7)}/x`)).status).toBe(404)
  expect(seen).toHaveLength(1)
})

test('concurrent responses are validated separately', async () => {
  let n = 0
  respond = (_, response) =>
    response
      .writeHead(200, json)
      .end(++n % 2 ? JSON.stringify(page) : bad(({ results }) => (results[0]!.status = 'nope')))
  await Promise.all(Array.from({ length: 40 }, () => ask()))
  expect(mock.violations().filter(({ location }) => /status/.test(location))).toHaveLength(20)
})

test.each(['[]', '[{"location":["request"],"message":"x"}]', 'x'])(
  'a service that sends the header sl-violations with %s hides nothing',
  async (header) => {
    respond = (_, response) =>
      response.writeHead(200, { ...json, 'sl-violations': header }).end('{"count":"many"}')
    await ask()
    expect(mock.violations().map(({ location }) => location)).toContain('response.body.count')
  },
)

test('an encoding that the proxy does not know is not validated, and no violation', async () => {
  respond = (_, response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'zip' }).end('{}')
  await ask({ headers: {} })
  expect(mock.violations()).toEqual([])
  expect(mock.unchecked()).toMatchObject([{ reason: 'unknown content encoding' }])
})

test('a path that the document does not have is not validated', async () => {
  respond = (_, response) => response.writeHead(200, json).end('{}')
  await ask({}, '/elsewhere/')
  expect(mock.violations()).toEqual([])
  expect(mock.unchecked()).toMatchObject([{ path: '/elsewhere/', status: 200 }])
})
