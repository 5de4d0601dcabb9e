import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'

const calls = Array.from({ length: 5 }, (_, id) => createCallLog({ id }))
const at = (query: string) => `https://api.example/calls/${query}`

/** What an answer is, as a client sees it. */
async function read(asked: Promise<Response>) {
  const answer = await asked
  const body = (await answer.json()) as unknown
  return { status: answer.status, type: answer.headers.get('content-type'), body }
}

test('createCallLog() is a call log with what the types require, its call_id made of its id', () => {
  expect(createCallLog()).toEqual({
    id: 1,
    call_id: 'call_1',
    timestamp: '2025-01-15T09:30:00Z',
    status: 'success',
    metrics: [],
  })
  expect(createCallLog({ id: 7, topic: 'refund' })).toMatchObject({
    id: 7,
    call_id: 'call_7',
    topic: 'refund',
  })
})

test.each([
  { query: '', ids: [0, 1], next: '?page=2', previous: null },
  { query: '?page=2', ids: [2, 3], next: '?page=3', previous: '?page=1' },
  { query: '?page=3', ids: [4], next: null, previous: '?page=2' },
  { query: '?page_size=4', ids: [0, 1, 2, 3], next: '?page_size=4&page=2', previous: null },
  { query: '?page_size=9', ids: [0, 1, 2, 3], next: '?page_size=9&page=2', previous: null },
])('createMockFetch() answers "$query" as the service does', async ({ query, ...want }) => {
  const { fetch } = createMockFetch({ calls, pageSize: 2, maxPageSize: 4 })
  const { status, type, body } = await read(fetch(at(query), {}))
  expect([status, type]).toEqual([200, 'application/json'])
  expect(body).toEqual({
    count: 5,
    next: want.next && at(want.next),
    previous: want.previous && at(want.previous),
    results: want.ids.map((id) => createCallLog({ id })),
  })
})

test('createMockFetch() pages by 20 when nothing is said, and has no calls to page', async () => {
  const { fetch } = createMockFetch({ calls: Array.from({ length: 21 }, () => createCallLog()) })
  expect((await read(fetch(at(''), {}))).body).toMatchObject({ results: { length: 20 } })
  expect((await read(createMockFetch().fetch(at(''), {}))).body).toEqual({
    count: 0,
    next: null,
    previous: null,
    results: [],
  })
})

test('createMockFetch() has no page past the end', async () => {
  const { fetch } = createMockFetch({ calls, pageSize: 5 })
  expect(await read(fetch(at('?page=2'), {}))).toEqual({
    status: 404,
    type: 'application/json',
    body: { detail: 'Invalid page.' },
  })
})

test('createMockFetch() fails where told, by status, answer or error, each answer as often as asked', async () => {
  const broken = new TypeError('fetch failed')
  const page = Response.json({ odd: true })
  const { fetch, requests } = createMockFetch({ failures: { 1: 503, 2: page, 3: page, 4: broken } })
  expect(await read(fetch(at('?page=1'), {}))).toEqual({
    status: 503,
    type: 'application/json',
    body: { detail: 'Scripted 503.' },
  })
  expect((await read(fetch(at(''), {}))).body).toEqual({ odd: true })
  expect((await read(fetch(at(''), {}))).body).toEqual({ odd: true })
  await expect(fetch(at(''), {})).rejects.toBe(broken)
  expect((await fetch(at(''), {})).status).toBe(200)
  expect(requests).toEqual([{ page: '1' }, {}, {}, {}, {}])
})

test('createMockFetch() is not asked by what was aborted before', async () => {
  const { fetch, requests } = createMockFetch()
  await expect(fetch(at(''), { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  expect(requests).toEqual([])
})
