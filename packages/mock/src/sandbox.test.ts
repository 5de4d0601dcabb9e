import { operationDescriptors } from '@cekura-kit/types'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { control, get, page, walk } from './ask-mock.test-helper.ts'
import { startMock } from './index.ts'
import { createSandbox, journalEntries } from './sandbox/sandbox.ts'

test('a walk along next gives every call log once, newest first', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 137 })
  const calls = await walk(mock, { page_size: 20 })
  expect(calls).toHaveLength(137)
  expect(new Set(calls.map(({ id }) => id)).size).toBe(137)
  const times = calls.map(({ timestamp }) => Date.parse(timestamp))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
})

const textOf = async (seed: number) => {
  await using mock = await startMock({ mode: 'sandbox', seed })
  return (await get(mock, {})).text().then((text) => text.replaceAll(mock.url, ''))
}

test('the same seed gives the same bytes, another seed others', async () => {
  expect(await textOf(7)).toBe(await textOf(7))
  expect(await textOf(7)).not.toBe(await textOf(8))
})

test('ten million rows answer from both ends without being held', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 10_000_000 })
  const first = await page(mock, { page_size: 100 })
  const last = await page(mock, { page_size: 100, page: 100_000 })
  expect(first.count).toBe(10_000_000)
  expect(last.results).toHaveLength(100)
  expect(last.next).toBeNull()
  const noon = await page(mock, {
    timestamp_from: '2025-01-15T12:00:00Z',
    timestamp_to: '2025-01-15T12:00:59Z',
  })
  expect(noon.count).toBeGreaterThan(100)
})

test('page, filters and sizes do what a plain model does', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 60, maxPageSize: 25 })
  const all = await walk(mock)
  const instants = all.map(({ timestamp }) => timestamp)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...instants),
      fc.constantFrom(...instants),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 4 }),
      async (from, to, size, number) => {
        const matching = all.filter(({ timestamp }) => timestamp >= from && timestamp <= to)
        const most = Math.min(size, 25)
        const want = matching.slice((number - 1) * most, number * most)
        const response = await get(mock, {
          timestamp_from: from,
          timestamp_to: to,
          page_size: size,
          page: number,
        })
        if (number > 1 && want.length === 0) expect(response.status).toBe(404)
        else expect(await response.json()).toMatchObject({ count: matching.length, results: want })
      },
    ),
    { numRuns: 60 },
  )
})

test('call_ids and assistant_id narrow the set', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 60 })
  const all = await walk(mock)
  const [one, other] = [all[3]!.id, all[40]!.id]
  const some = await page(mock, { call_ids: `${other},${one},1` })
  expect(some.results.map(({ id }) => id)).toEqual([one, other])
  const [a, b] = await Promise.all(
    ['asst_1234567890', 'agent_xyz789'].map((id) => page(mock, { assistant_id: id })),
  )
  expect(a!.count! + b!.count!).toBe(60)
  expect(b!.count).toBeGreaterThan(0)
})

test.each([
  {
    name: 'no key',
    query: {},
    key: '',
    status: 401,
    body: { detail: expect.any(String) as string },
  },
  {
    name: 'no number',
    query: { agent_id: 'x' },
    status: 400,
    body: { agent_id: ['A valid integer is required.'] },
  },
  {
    name: 'no instant',
    query: { timestamp_to: 'x' },
    status: 400,
    body: { timestamp_to: ['Datetime has wrong format.'] },
  },
  {
    name: 'no ids',
    query: { call_ids: '' },
    status: 400,
    body: { call_ids: [expect.any(String) as string] },
  },
  { name: 'page 0', query: { page: 0 }, status: 404, body: { detail: 'Invalid page.' } },
  {
    name: 'a page past the end',
    query: { page: 999 },
    status: 404,
    body: { detail: 'Invalid page.' },
  },
])('$name is refused as the framework does', async ({ query, key, status, body }) => {
  await using mock = await startMock({ mode: 'sandbox' })
  const response = await get(mock, query, key)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual(body)
})

test('control inserts, updates and deletes, and keeps a journal without keys', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 5 })
  const before = await page(mock)
  const [newest, second] = before.results
  await control(mock, '/insert', [
    { ...newest, id: 999_999_999, timestamp: '2025-03-01T00:00:00Z' },
  ])
  await control(mock, '/update', { id: second!.id, topic: 'changed' })
  await control(mock, '/delete', [newest!.id])
  const after = await page(mock)
  expect(after.count).toBe(5)
  expect(after.results.slice(0, 2)).toMatchObject([{ id: 999_999_999 }, { topic: 'changed' }])
  const journal = await (await fetch(`${mock.controlUrl}/requests`)).text()
  expect(JSON.parse(journal)).toHaveLength(2)
  expect(journal.toLowerCase()).not.toContain('key')
})

test('the journal keeps the last requests, and not all of a long run', async () => {
  const { app, journal } = createSandbox({ rows: 1, publicUrl: () => 'http://mock.test' })
  for (let page = 0; page < journalEntries + 5; page++)
    await app.request(`${operationDescriptors['callLogs.list'].path}?page=${page}`)
  expect(journal()).toHaveLength(journalEntries)
  expect([journal()[0], journal().at(-1)]).toMatchObject([
    { query: { page: '5' } },
    { query: { page: String(journalEntries + 4) } },
  ])
})

test('close() frees both ports', async () => {
  const mock = await startMock({ mode: 'sandbox' })
  await mock.close()
  await mock.close()
  await expect(fetch(mock.url)).rejects.toThrow()
  await expect(fetch(mock.controlUrl!)).rejects.toThrow()
})
