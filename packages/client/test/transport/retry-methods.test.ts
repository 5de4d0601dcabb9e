// Which methods are retried, and with which body.
import type { CallOptions } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { catchError } from '../support/catch-error.ts'
import { createRecordingRuntime } from '../support/fixed-runtime.ts'
import { createOperations, describeOperation } from '../support/operations.ts'
import { startRecordingServer, type Reply } from '../support/recording-server.ts'

const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const success = { body: '{"id":1}' }
const body = { name: 'ä', at: '2025-01-01T00:00:00Z' }

/** Sends one operation to a server with these replies; returns what arrived and how long it waited. */
async function run(
  method: 'GET' | 'HEAD' | (typeof methods)[number],
  replies: Reply[],
  options: CallOptions = {},
) {
  await using server = await startRecordingServer(...replies)
  const { runtime, waits } = createRecordingRuntime()
  const { call } = createOperations({ baseUrl: server.url }, runtime)
  const descriptor = describeOperation(method, '/v1/items/', {
    ...(method !== 'GET' && method !== 'HEAD' && { body: 'required' as const }),
  })
  const input = method === 'GET' || method === 'HEAD' ? {} : { body }
  const error = await catchError(call(descriptor, input, options))
  return { requests: server.requests, waits, error }
}

test.each(['GET', 'HEAD'] as const)('retries a %s after a 503', async (method) => {
  const { requests, error } = await run(method, [{ status: 503 }, success])
  expect(error).toBeUndefined()
  expect(requests).toHaveLength(2)
})

test.each(methods)(
  'retries a %s after a 429 with Retry-After, with the same body',
  async (method) => {
    const limited = { status: 429, headers: { 'retry-after': '3' } }
    const { requests, waits, error } = await run(method, [limited, limited, success])
    expect(error).toBeUndefined()
    expect(waits).toEqual([3000, 3000])
    const [first, ...others] = requests
    expect(first!.body.toString()).toBe(JSON.stringify(body))
    expect(others.map((request) => request.body)).toEqual([first!.body, first!.body])
    expect(others.map(({ headers }) => headers)).toEqual([first!.headers, first!.headers])
  },
)

test.each([
  { what: 'a 429 without Retry-After', reply: { status: 429 }, code: 'rate_limit' },
  {
    what: 'a 429 with an unreadable Retry-After',
    reply: { status: 429, headers: { 'retry-after': 'soon' } },
    code: 'rate_limit',
  },
  {
    what: 'a 429 with a Retry-After above maxRetryAfter',
    reply: { status: 429, headers: { 'retry-after': '61' } },
    code: 'rate_limit',
  },
  {
    what: 'a 503 with Retry-After',
    reply: { status: 503, headers: { 'retry-after': '1' } },
    code: 'server',
  },
  { what: 'a 500', reply: { status: 500 }, code: 'server' },
  { what: 'a 408', reply: { status: 408, headers: { 'retry-after': '1' } }, code: 'timeout' },
])('does not retry other methods after $what', async ({ reply, code }) => {
  for (const method of methods) {
    const { requests, waits, error } = await run(method, [reply, success])
    expect(error).toMatchObject({ code, attempts: 1 })
    expect([requests.length, waits]).toEqual([1, []])
  }
})

test.each([
  {
    what: 'connection failure',
    fail: () => Promise.reject(new TypeError('fetch failed')),
    code: 'connection',
  },
  { what: 'timeout', fail: () => new Promise<never>(() => {}), code: 'timeout' },
])('does not retry a POST after a $what, unless the call is idempotent', async ({ fail, code }) => {
  const descriptor = describeOperation('POST', '/', { body: 'required' })
  for (const idempotent of [false, true]) {
    let requests = 0
    const { call } = createOperations({
      timeout: 5,
      fetch: () => (++requests === 1 ? fail() : Promise.resolve(Response.json({}))),
    })
    const error = await catchError(call(descriptor, { body }, { idempotent }))
    expect([requests, (error as { code?: string } | undefined)?.code]).toEqual(
      idempotent ? [2, undefined] : [1, code],
    )
  }
})

test.each(methods)('retries an idempotent %s after a 503, with the same body', async (method) => {
  const { requests, error } = await run(method, [{ status: 503 }, success], { idempotent: true })
  expect(error).toBeUndefined()
  expect(requests.map((request) => request.body.toString())).toEqual([
    JSON.stringify(body),
    JSON.stringify(body),
  ])
})

test('does not retry an idempotent POST after a 400', async () => {
  const { requests } = await run('POST', [{ status: 400 }, success], { idempotent: true })
  expect(requests).toHaveLength(1)
})

test('idempotent: false keeps the retries of a GET', async () => {
  const { requests } = await run('GET', [{ status: 503 }, success], { idempotent: false })
  expect(requests).toHaveLength(2)
})
