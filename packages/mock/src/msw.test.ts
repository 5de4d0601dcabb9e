import { apiKeyHeader, operationDescriptors, type CallLogPage } from '@cekura-kit/types'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, expectTypeOf, test } from 'vitest'
import { startMock } from './index.ts'
import { MockError } from './mock-error.ts'
import { createMswSandbox, handle, type DocumentedAnswer } from './msw.ts'

const origin = 'https://api.cekura.test'
const path = `${operationDescriptors['callLogs.list'].path}?agent_id=2142`
const sandbox = createMswSandbox({ rows: 60 })
const server = setupServer(...sandbox.handlers)
const ask = (query = '', at = origin) =>
  fetch(at + path + query, { headers: { [apiKeyHeader]: 'k', accept: 'application/json' } })

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => sandbox.control('/reset', {}))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

test('a walk along next stays in the process and is complete', async () => {
  const ids: number[] = []
  for (let next: string | null = origin + path; next;) {
    expect(new URL(next).origin).toBe(origin)
    const response = await fetch(next, { headers: { [apiKeyHeader]: 'k' } })
    const page = (await response.json()) as CallLogPage
    ids.push(...page.results.map(({ id }) => id))
    next = page.next
  }
  expect(new Set(ids).size).toBe(60)
})

test('it answers with the bytes of the server', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 60 })
  const ours = await (await ask('&page=2')).text()
  server.close()
  const theirs = await (await ask('&page=2', mock.url)).text()
  server.listen({ onUnhandledFrame: 'error' })
  expect(ours.replaceAll(origin, '')).toBe(theirs.replaceAll(mock.url, ''))
})

test('control is the one of the server', async () => {
  await sandbox.control('/faults', [{ status: 429, retryAfter: 2 }])
  const throttled = await ask()
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '2'])
  expect((await ask()).status).toBe(200)
  expect(await sandbox.control('/requests')).toHaveLength(2)
  expect(await sandbox.control('/clock', { advanceMs: 5 })).toEqual({ now: null, elapsedMs: 5 })
  expect(await sandbox.control('/delete', [])).toBeUndefined()
  expect(await sandbox.control('/violations')).toEqual([])
  await expect(sandbox.control('/faults', 1)).rejects.toThrow('Cannot set faults: give a list')
  await expect(sandbox.control('/nowhere', 1)).rejects.toThrow(
    new MockError('Cannot control the sandbox: /nowhere is answered with 404'),
  )
  await expect(sandbox.control('/transport', '1:reset')).rejects.toThrow(/HttpResponse\.error\(\)/)
})

test('handle() answers one operation in documented shapes, and hands on what it leaves', async () => {
  server.use(
    handle['callLogs.list'](({ query }) =>
      query.page === '2'
        ? { status: 404, body: { detail: 'Invalid page.' }, headers: { 'x-own': '1' } }
        : undefined,
    ),
  )
  const second = await ask('&page=2')
  expect([second.status, second.headers.get('x-own'), await second.json()]).toEqual([
    404,
    '1',
    { detail: 'Invalid page.' },
  ])
  expect((await ask()).status).toBe(200)
})

test('only the named origin is answered, or every one', async () => {
  const one = 'https://one.test'
  const other = createMswSandbox({ origin: one, rows: 1 })
  server.resetHandlers(...other.handlers)
  expect((await ask('', one)).status).toBe(200)
  await expect(ask()).rejects.toThrow()
  server.use(
    handle['callLogs.list'](() => ({ status: 404, body: { detail: 'Gone.' } }), { origin: one }),
  )
  expect((await ask('', one)).status).toBe(404)
  server.resetHandlers(...createMswSandbox().handlers)
  expect((await ask('', one)).status).toBe(200)
  server.resetHandlers(...sandbox.handlers)
})

test('the contrary profile redirects to the slash, here too', async () => {
  await sandbox.control('/reset', { profile: 'contrary' })
  const bare = origin + path.replace('/?', '?')
  const response = await fetch(bare, { headers: { [apiKeyHeader]: 'k' }, redirect: 'manual' })
  expect(response.status).toBe(301)
})

test('what is not documented does not compile', () => {
  type Answer = DocumentedAnswer<'callLogs.list'>
  expectTypeOf<Answer['status']>().toEqualTypeOf<200 | 400 | 401 | 403 | 404 | 429 | 500>()
  // @ts-expect-error there is no 418
  handle['callLogs.list'](() => ({ status: 418, body: { detail: 'x' } }))
  // @ts-expect-error a 404 has a detail
  handle['callLogs.list'](() => ({ status: 404, body: { error: 'x' } }))
  // @ts-expect-error a page counts with a number
  handle['callLogs.list'](() => ({
    status: 200,
    body: { count: '1', next: null, previous: null, results: [] },
  }))
  // @ts-expect-error there is no such operation
  expect(handle.listCalls).toBeUndefined()
  // @ts-expect-error there is no such parameter
  handle['callLogs.list'](({ query }) => void query.pagesize)
})
