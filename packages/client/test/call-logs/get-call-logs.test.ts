import { getCallLogs, type GetCallLogsQuery } from '@cekura-kit/client'
import { createCallLog, createMockFetch, type MockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { catchCekuraError, readAll } from '../support/catch-error.ts'
import { createClientOn, idsOf } from '../support/client-on.ts'

const idsOfQuery = (url: string): number[] =>
  new URL(url).searchParams.get('call_ids')!.split(',').map(Number)

/** A `fetch` that returns exactly the requested ids, of those that exist. */
function createIdFetch(exists: (id: number) => boolean = () => true) {
  const requests: Record<string, string>[] = []
  const fetch: MockFetch['fetch'] = (url, init) => {
    requests.push(Object.fromEntries(new URL(url).searchParams))
    const calls = idsOfQuery(url)
      .filter(exists)
      .map((id) => createCallLog({ id }))
    return createMockFetch({ calls, maxPageSize: 40 }).fetch(url, init)
  }
  return { fetch, requests }
}

const read = (
  fetch: MockFetch['fetch'],
  query: Partial<GetCallLogsQuery> & { call_ids: readonly number[] },
  options?: Parameters<typeof getCallLogs>[2],
) => readAll(getCallLogs(createClientOn(fetch), { agent_id: 1, ...query }, options))

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

test.each([1, 100, 101, 250])(
  'requests %i ids in groups of 100, with all their pages',
  async (count) => {
    const { fetch, requests } = createIdFetch()
    expect(idsOf(await read(fetch, { call_ids: range(count) }))).toEqual(range(count))
    const groups = [...new Set(requests.map(({ call_ids }) => call_ids!.split(',').length))]
    expect(Math.max(...groups)).toBe(Math.min(count, 100))
    expect(new Set(requests.map(({ call_ids }) => call_ids)).size).toBe(Math.ceil(count / 100))
    for (const { page_size } of requests) expect(page_size).toBe('100')
  },
)

test('requests and returns an id once', async () => {
  const { fetch, requests } = createIdFetch()
  expect(idsOf(await read(fetch, { call_ids: [3, 1, 3, 1] }))).toEqual([3, 1])
  expect(requests.map(({ call_ids }) => call_ids)).toEqual(['3,1'])
})

test('leaves out ids that do not exist', async () => {
  const { fetch } = createIdFetch((id) => id % 2 === 0)
  expect(idsOf(await read(fetch, { call_ids: [1, 2, 3, 4] }))).toEqual([2, 4])
  expect(await read(fetch, { call_ids: [1] })).toEqual([])
})

test('drops calls of a server that ignores the filter', async () => {
  const { fetch } = createMockFetch({ calls: range(30).map((id) => createCallLog({ id })) })
  expect(idsOf(await read(fetch, { call_ids: [7, 99] }))).toEqual([7])
})

test('requests without page_size when the API rejects it', async () => {
  const { fetch, requests } = createIdFetch()
  const limited: MockFetch['fetch'] = (url, init) =>
    new URL(url).searchParams.has('page_size')
      ? Promise.resolve(Response.json({ page_size: ['Too large.'] }, { status: 400 }))
      : fetch(url, init)
  expect(await read(limited, { call_ids: range(30) })).toHaveLength(30)
  expect(requests.every((request) => !('page_size' in request))).toBe(true)
})

test.each([
  { what: 'another field', response: () => Response.json({ agent_id: ['Bad.'] }, { status: 400 }) },
  {
    what: 'another status',
    response: () => Response.json({ page_size: ['Bad.'] }, { status: 403 }),
  },
])('throws an error about $what', async ({ response }) => {
  let requests = 0
  const error = await catchCekuraError(
    read(async () => (requests++, response()), { call_ids: [1] }),
  )
  expect([error.reason, requests]).toEqual(['error_status', 1])
})

test('searches a long range window by window, newest first, until every id is found', async () => {
  const { fetch, requests } = createIdFetch()
  const found: MockFetch['fetch'] = (url, init) =>
    idsOfQuery(url).length === 2 && requests.length === 0
      ? createMockFetch({ calls: [createCallLog({ id: 2 })] })
          .fetch(url, init)
          .finally(() => requests.push({}))
      : fetch(url, init)
  const query = {
    call_ids: [1, 2],
    timestamp_from: '2025-01-01T00:00:00Z',
    timestamp_to: '2025-06-01T00:00:00Z',
  }
  expect(idsOf(await read(found, query))).toEqual([2, 1])
  expect(requests.slice(1).map(({ call_ids, timestamp_to }) => [call_ids, timestamp_to])).toEqual([
    ['1', '2025-05-02T00:00:01.000Z'],
  ])
})

test('passes filters and options to each request', async () => {
  const { fetch, requests } = createIdFetch()
  await read(fetch, { call_ids: range(150), assistant_id: 'a' }, { extraQuery: { project_id: 5 } })
  for (const request of requests)
    expect(request).toMatchObject({ agent_id: '1', assistant_id: 'a', project_id: '5' })
})

test.each<{ call_ids: unknown }>([
  { call_ids: [] },
  { call_ids: undefined },
  { call_ids: null },
  { call_ids: '1,2' },
  { call_ids: 1 },
  { call_ids: ['1'] },
  { call_ids: [1.5] },
  { call_ids: [Number.NaN] },
  { call_ids: [null] },
  { call_ids: [2 ** 53] },
  { call_ids: {} },
  { call_ids: new Set([1]) },
])('rejects $call_ids as call_ids before sending', async ({ call_ids }) => {
  const { fetch, requests } = createMockFetch()
  expect(await catchCekuraError(read(fetch, { call_ids } as never))).toMatchObject({
    reason: 'invalid_parameter',
    details: { parameter: 'call_ids', expected: 'a non-empty array of integers' },
  })
  expect(requests).toEqual([])
})

test.each([
  { what: 'a page', query: { page: 2 }, parameter: 'page' },
  { what: 'a start of null', query: { timestamp_from: null }, parameter: 'timestamp_from' },
  { what: 'an end of null', query: { timestamp_to: null }, parameter: 'timestamp_to' },
  {
    what: 'a start without an offset',
    query: { timestamp_from: '2025-01-15T00:00:00' },
    parameter: 'timestamp_from',
  },
])('rejects $what before sending', async ({ query, parameter }) => {
  const { fetch, requests } = createMockFetch()
  const error = await catchCekuraError(read(fetch, { call_ids: [1], ...query } as never))
  expect(error).toMatchObject({ code: 'usage', details: { parameter } })
  expect(requests).toEqual([])
})
