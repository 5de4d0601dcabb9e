import { request } from 'node:http'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type Mock } from '../index.ts'

let mock: Mock
let live: Mock
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 5 })
  live = await startMock({ mode: 'live-proxy', upstream: mock.url })
})
afterAll(async () => {
  await live.close()
  await mock.close()
})

/** A request with any headers, as a page or another program can send it. */
const send = (
  base: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base)
    const outgoing = request(
      { hostname, port, method, path, headers, agent: false },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode!))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const json = { 'content-type': 'application/json' }
const writes = [
  ['/reset', '{"rows":3}'],
  ['/faults', '[{"status":500}]'],
  ['/insert', '[{"id":1,"timestamp":"2025-01-15T00:00:00Z"}]'],
  ['/transport', '"*:latency@1"'],
  ['/clock', '{"advanceMs":5}'],
] as const
const foreign: [name: string, status: number, headers: Record<string, string>][] = [
  ['a rebound host', 403, { ...json, host: 'evil.example:4011' }],
  ['an invalid host', 403, { ...json, host: 'a b' }],
  ['another origin', 403, { ...json, origin: 'http://evil.example' }],
  ['an opaque origin', 403, { ...json, origin: 'null' }],
  ['another port of this host', 403, { ...json, origin: 'http://127.0.0.1:1' }],
  ['a cross-site fetch', 403, { ...json, 'sec-fetch-site': 'cross-site' }],
  ['a same-site fetch', 403, { ...json, 'sec-fetch-site': 'same-site' }],
  ['a form', 400, { 'content-type': 'text/plain' }],
  ['no content type', 400, {}],
]

test.each(writes.flatMap(([path, body]) => foreign.map((row) => [path, ...row, body] as const)))(
  'POST %s from %s is a %i and changes nothing',
  async (path, _, status, headers, body) => {
    const read = async () => (await fetch(`${mock.controlUrl}/clock`)).text()
    const before = await read()
    expect(await send(mock.controlUrl, 'POST', path, headers, body)).toBe(status)
    expect(await read()).toEqual(before)
  },
)

test.each(foreign.filter(([, status]) => status === 403))(
  'GET /requests from %s is a 403',
  async (_, status, headers) => {
    expect(await send(mock.controlUrl, 'GET', '/requests', headers)).toBe(status)
  },
)

test.each(['localhost', '[::1]:80', 'mock:4011', 'app.localhost', '10.0.0.5'])(
  'the host %s is known',
  async (host) => expect(await send(mock.controlUrl, 'GET', '/health', { host })).toBe(200),
)

test('a page of the control port itself may use it', async () => {
  const { host } = new URL(mock.controlUrl)
  const headers = { ...json, host, origin: mock.controlUrl, 'sec-fetch-site': 'same-origin' }
  expect(await send(mock.controlUrl, 'POST', '/delete', headers, '[]')).toBe(204)
})

test('a body above 32 MiB is a 413', async () => {
  const body = `[${' '.repeat(32 * 1_048_576)}]`
  expect(await send(mock.controlUrl, 'POST', '/delete', json, body)).toBe(413)
})

test('an unknown path, a wrong method and a body that is not JSON are errors', async () => {
  expect(await send(mock.controlUrl, 'GET', '/nowhere', {})).toBe(404)
  expect(await send(mock.controlUrl, 'GET', '/faults', {})).toBe(405)
  expect(await send(mock.controlUrl, 'POST', '/faults', json, '{')).toBe(400)
})

test.each(writes)('nothing in front of the API can be changed: POST %s', async (path, body) => {
  expect(await send(live.controlUrl, 'POST', path, json, body)).toBe(404)
})

test('in front of the API only its own origin may send requests', async () => {
  const list = `${operationDescriptors['callLogs.list'].path}?agent_id=2142`
  const key = { [apiKeyHeader]: 'k' }
  expect(await send(live.url, 'GET', list, key)).toBe(200)
  for (const [, , headers] of foreign.filter(([, status]) => status === 403))
    expect(await send(live.url, 'GET', list, { ...key, ...headers })).toBe(403)
})
