// One table of requests: every mode responds the same, with and without a fault.
import { request } from 'node:http'
import { connect } from 'node:net'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMock, type Mock, type MockMode } from '../index.ts'
import { createMswSandbox } from '../msw.ts'

const { path } = operationDescriptors['callLogs.list']
const list = `${path}?agent_id=2142`
const key = { [apiKeyHeader]: 'k' }
const origin = 'http://app.test'
const preflight = {
  origin,
  'access-control-request-method': 'GET',
  'access-control-request-headers': apiKeyHeader,
}

interface Row {
  name: string
  method?: string
  target: string
  headers?: Record<string, string>
  body?: string
  status: number
  /** Headers of the response. */
  expected?: Record<string, string | undefined>
  /** Text that the body contains. */
  contains?: string
}

const rows: Row[] = [
  { name: 'GET', target: list, headers: key, status: 200 },
  {
    name: 'GET from a page of another origin',
    target: list,
    headers: { ...key, origin },
    status: 200,
    expected: { 'access-control-allow-origin': origin },
  },
  {
    name: 'an error for a page of another origin',
    target: '/nowhere/',
    headers: { origin },
    status: 404,
    expected: { 'access-control-allow-origin': origin },
  },
  {
    name: 'a preflight',
    method: 'OPTIONS',
    target: list,
    headers: preflight,
    status: 204,
    expected: {
      'access-control-allow-origin': origin,
      'access-control-allow-headers': apiKeyHeader,
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    },
  },
  {
    name: 'OPTIONS',
    method: 'OPTIONS',
    target: list,
    status: 204,
    expected: { allow: 'GET, HEAD, OPTIONS' },
  },
  {
    name: 'HEAD',
    method: 'HEAD',
    target: list,
    headers: key,
    status: 200,
    expected: { 'content-type': 'application/json' },
  },
  ...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({
    name: `the wrong method ${method}`,
    method,
    target: list,
    headers: key,
    status: 405,
    expected: { allow: 'GET, HEAD, OPTIONS' },
    contains: `Method \\"${method}\\" not allowed.`,
  })),
  { name: 'no key', target: list, status: 401, contains: 'detail' },
  {
    name: 'an unknown path',
    target: '/nowhere/',
    headers: key,
    status: 404,
    contains: 'Not found.',
  },
  { name: 'a path of slashes', target: '//', headers: key, status: 404, contains: 'Not found.' },
  { name: 'no trailing slash', target: list.replace('/?', '?'), headers: key, status: 404 },
  {
    name: 'a repeated parameter, of which the last is valid',
    target: `${path}?agent_id=x&agent_id=2142`,
    headers: key,
    status: 200,
  },
  {
    name: 'a repeated parameter, of which the last is invalid',
    target: `${list}&agent_id=x`,
    headers: key,
    status: 400,
    contains: 'agent_id',
  },
  {
    name: 'an unknown parameter',
    target: `${list}&unknown=1`,
    headers: key,
    status: 200,
  },
  {
    name: 'a JSON body that does not parse',
    target: list,
    method: 'GET',
    headers: { ...key, 'content-type': 'application/json', 'content-length': '1' },
    body: '{',
    status: 400,
    contains: 'JSON parse error',
  },
]

interface Got {
  status: number
  headers: Record<string, string | undefined>
  text: string
}

/** A request as written; `fetch` normalizes and forbids some. */
const send = (base: string, { method = 'GET', target, headers = {}, body }: Row): Promise<Got> =>
  new Promise((resolve, reject) => {
    const url = new URL(base)
    const outgoing = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path: target,
        headers: { accept: 'application/json', ...headers },
        agent: false,
      },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers as Got['headers'],
            text,
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const check = ({ status, expected = {}, contains = '' }: Row, got: Got): void => {
  expect(got.status, got.text).toBe(status)
  expect(got.headers).toMatchObject(expected)
  expect(got.text).toContain(contains)
}

const modes = ['static', 'dynamic', 'sandbox', 'proxied'] as const satisfies MockMode[]

describe.each(modes.flatMap((mode) => ['', '*:latency@1'].map((fault) => ({ mode, fault }))))(
  'mode $mode with the fault "$fault"',
  ({ mode, fault }) => {
    let mock: Mock
    beforeAll(async () => {
      mock = await startMock({
        mode,
        rows: 20,
        transport: fault,
        publicUrl: 'http://gateway.test/prefix',
      })
    })
    afterAll(() => mock.close())

    test.each(rows)('$name', async (row) => {
      check(row, await send(mock.url, row))
      expect(mock.violations()).toEqual([])
    })

    test('a request below the path of the public URL', async () => {
      const row = { name: '', target: `/prefix${list}`, headers: key, status: 200 }
      check(row, await send(mock.url, row))
    })

    test('HTTP/1.0 without Host', async () => {
      const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
      socket.write(`GET ${list} HTTP/1.0\r\n${apiKeyHeader}: k\r\n\r\n`)
      let text = ''
      for await (const chunk of socket) text += String(chunk)
      expect(text).toMatch(/^HTTP\/1\.1 200 /)
    })

    test('pipelined requests', async () => {
      const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
      const one = `GET ${list} HTTP/1.1\r\nhost: mock\r\n${apiKeyHeader}: k\r\n`
      socket.write(`${one}\r\n${one}\r\n${one}connection: close\r\n\r\n`)
      let text = ''
      for await (const chunk of socket) text += String(chunk)
      expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(3)
    })

    test('a Host that another origin can own', async () => {
      const row = { name: '', target: list, headers: { ...key, host: 'evil.example' }, status: 403 }
      check(row, await send(mock.url, row))
    })
  },
)

test.each(modes)('mode %s redirects to the slash where that is assumed', async (mode) => {
  await using mock = await startMock({ mode, assumptions: { withoutSlash: 301 } })
  const row = { name: '', target: `${path.slice(0, -1)}?page=2`, headers: key, status: 301 }
  const got = await send(mock.url, row)
  check(row, got)
  expect(got.headers['location']).toBe(`${path}?page=2`)
})

describe('msw', () => {
  const base = 'https://api.test'
  const server = setupServer(...createMswSandbox({ http, rows: 20, origin: base }).handlers)
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
  afterAll(() => server.close())

  // The handlers are of documented paths, and `fetch` sends no body with GET.
  const sent = rows.filter(({ target, body }) => target.startsWith(path.slice(0, -1)) && !body)
  test.each(sent)('$name', async (row) => {
    const { method = 'GET', target, headers = {} } = row
    const response = await fetch(base + target, { method, headers, redirect: 'manual' })
    const got = { status: response.status, headers: Object.fromEntries(response.headers) }
    check(row, { ...got, text: await response.text() })
  })
})
