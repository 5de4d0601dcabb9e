import type { FetchInit, FetchResponse } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { callLogs } from './support/client-on.ts'

const calls = callLogs(5)
const urlOf = (query: string): string => `https://api.example/calls/${query}`
const init: FetchInit = {
  method: 'GET',
  headers: {},
  redirect: 'manual',
  signal: new AbortController().signal,
}

/** A response, as a client sees it. */
async function read(responding: Promise<FetchResponse>) {
  const response = await responding
  const body = JSON.parse(await response.text()) as unknown
  return { status: response.status, type: response.headers.get('content-type'), body }
}

test('createCallLog() returns what the types require, with a call_id made of the id', () => {
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
  { query: '?page=3&page=2', ids: [2, 3], next: '?page=3', previous: '?page=1' },
  { query: '?page_size=4', ids: [0, 1, 2, 3], next: '?page_size=4&page=2', previous: null },
  { query: '?page_size=9', ids: [0, 1, 2, 3], next: '?page_size=9&page=2', previous: null },
])(
  'createMockFetch() returns the page for "$query" as the API does',
  async ({ query, ...expected }) => {
    const { fetch } = createMockFetch({ calls, pageSize: 2, maxPageSize: 4 })
    const { status, type, body } = await read(fetch(urlOf(query), init))
    expect([status, type]).toEqual([200, 'application/json'])
    expect(body).toEqual({
      count: 5,
      next: expected.next && urlOf(expected.next),
      previous: expected.previous && urlOf(expected.previous),
      results: expected.ids.map((id) => createCallLog({ id })),
    })
  },
)

test('createMockFetch() has 20 call logs per page by default, and no call logs', async () => {
  const { fetch } = createMockFetch({ calls: callLogs(21) })
  expect((await read(fetch(urlOf(''), init))).body).toMatchObject({ results: { length: 20 } })
  expect((await read(createMockFetch().fetch(urlOf(''), init))).body).toEqual({
    count: 0,
    next: null,
    previous: null,
    results: [],
  })
})

test('createMockFetch() returns the 404 of the API for a page past the end', async () => {
  const { fetch } = createMockFetch({ calls, pageSize: 5 })
  expect(await read(fetch(urlOf('?page=2'), init))).toEqual({
    status: 404,
    type: 'application/json',
    body: { detail: 'Invalid page.' },
  })
})

test('createMockFetch() fails by status, response or error, and can reuse a response', async () => {
  const broken = new TypeError('fetch failed')
  const page = Response.json({ odd: true })
  const { fetch, requests } = createMockFetch({ failures: { 1: 503, 2: page, 3: page, 4: broken } })
  expect(await read(fetch(urlOf('?page=1'), init))).toEqual({
    status: 503,
    type: 'application/json',
    body: { detail: 'Scripted 503.' },
  })
  expect((await read(fetch(urlOf(''), init))).body).toEqual({ odd: true })
  expect((await read(fetch(urlOf(''), init))).body).toEqual({ odd: true })
  await expect(fetch(urlOf(''), init)).rejects.toBe(broken)
  expect((await fetch(urlOf(''), init)).status).toBe(200)
  expect(requests).toEqual([{ page: '1' }, {}, {}, {}, {}])
})

test('createMockFetch() records nothing for an aborted signal', async () => {
  const { fetch, requests } = createMockFetch()
  const aborted = { ...init, signal: AbortSignal.abort() }
  await expect(fetch(urlOf(''), aborted)).rejects.toThrow('aborted')
  expect(requests).toEqual([])
})
