import { listCallLogsInRange, type CallLogsRange, type RangeOptions } from '@cekura-kit/client'
import { createCallLog, createMockFetch, type MockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { catchCekuraError, readAll } from '../support/catch-error.ts'
import { callLogs, createClientOn, idsOf, pageOf } from '../support/client-on.ts'
import { createDeferred } from '../support/deferred.ts'
import { collectUnhandled, runReady } from '../support/unhandled-rejections.ts'

/** Four windows. */
const range = {
  agent_id: 1,
  timestamp_from: '2025-01-01T00:00:00Z',
  timestamp_to: '2025-04-15T00:00:00Z',
}
const windowStarts = ['2025-01-01', '2025-01-30', '2025-03-01', '2025-03-31']
const startOf = (url: string): string => new URL(url).searchParams.get('timestamp_from')!

const listOn = (fetch: MockFetch['fetch'], query: CallLogsRange = range, options?: RangeOptions) =>
  listCallLogsInRange(createClientOn(fetch), query, options)

const dayMs = 86_400_000
const start = Date.parse('2025-01-01T00:00:00Z')
/** One call log per day, oldest first. */
const daily = Array.from({ length: 100 }, (_, id) =>
  createCallLog({ id, timestamp: new Date(start + id * dayMs).toISOString() }),
)
const dailyRange = {
  agent_id: 1,
  timestamp_from: new Date(start),
  timestamp_to: new Date(start + 99 * dayMs),
}

/** A `fetch` that filters by time, both ends included, and counts requests at the same time. */
function createTimeFetch() {
  const state = { running: 0, maxRunning: 0 }
  const fetch: MockFetch['fetch'] = async (url, init) => {
    state.maxRunning = Math.max(state.maxRunning, ++state.running)
    const { searchParams } = new URL(url)
    const [from, to] = [searchParams.get('timestamp_from')!, searchParams.get('timestamp_to')!]
    const calls = daily.filter(({ timestamp }) => timestamp >= from && timestamp <= to)
    const response = await createMockFetch({ calls, pageSize: 7 }).fetch(url, init)
    state.running--
    return response
  }
  return { fetch, state }
}

test.each([1, 3, 50])(
  'returns each call log once, oldest window first, with concurrency %i',
  async (concurrency) => {
    const { fetch, state } = createTimeFetch()
    expect(idsOf(await readAll(listOn(fetch, dailyRange, { concurrency })))).toEqual(idsOf(daily))
    expect(state.maxRunning).toBe(Math.min(concurrency, 4))
  },
)

test.each([1, 3])(
  'returns the newest window first with order newest and concurrency %i',
  async (concurrency) => {
    const { fetch } = createTimeFetch()
    const ids = idsOf(await readAll(listOn(fetch, dailyRange, { concurrency, order: 'newest' })))
    expect(ids.toSorted((a, b) => a - b)).toEqual(idsOf(daily))
    expect(ids.slice(0, 31)).toEqual(idsOf(daily.slice(69)))
    expect(ids.at(-1)).toBeLessThan(ids[0]!)
  },
)

test.each([1, 2, 3, 9])('requests every window once with concurrency %i', async (concurrency) => {
  const { fetch, requests } = createMockFetch({ calls: callLogs(1) })
  await readAll(listOn(fetch, range, { concurrency }))
  const starts = requests.map(({ timestamp_from }) => timestamp_from!.slice(0, 10))
  expect(starts.toSorted()).toEqual(
    windowStarts.map((day) => expect.stringContaining(day.slice(0, 7)) as string),
  )
  expect(new Set(starts).size).toBe(4)
})

test('requests no page before it is needed with concurrency 1', async () => {
  const { fetch, requests } = createMockFetch({ calls: callLogs(4), pageSize: 1 })
  const seen: number[] = []
  for await (const _ of listOn(fetch)) seen.push(requests.length)
  expect(seen.slice(0, 3)).toEqual([1, 2, 3])
})

test('requests a range whose ends are equal', async () => {
  const { fetch, requests } = createMockFetch()
  await readAll(listOn(fetch, { ...range, timestamp_to: range.timestamp_from }))
  expect(requests).toMatchObject([
    { timestamp_from: '2025-01-01T00:00:00.000Z', timestamp_to: '2025-01-01T00:00:00.000Z' },
  ])
})

test('passes its options and filters to each request', async () => {
  const { fetch, requests } = createMockFetch()
  const query = { ...range, assistant_id: 'a', page_size: 7 }
  await readAll(listOn(fetch, query, { extraQuery: { project_id: 5 }, concurrency: 2 }))
  expect(requests).toHaveLength(4)
  for (const request of requests)
    expect(request).toMatchObject({ project_id: '5', assistant_id: 'a', page_size: '7', page: '1' })
})

test('a loop that stops aborts the windows that were requested ahead', async () => {
  const signals: AbortSignal[] = []
  const { fetch } = createMockFetch({ calls: callLogs(2) })
  const list = listOn(
    (url, init) => {
      if (signals.push(init.signal) === 1) return fetch(url, init)
      return new Promise(() => {})
    },
    range,
    { concurrency: 3 },
  )
  for await (const _ of list) break
  await expect
    .poll(() => signals.slice(1).map(({ aborted }) => aborted))
    .toEqual([true, true, true])
})

test('an abort ends a range', async () => {
  const controller = new AbortController()
  const fetch = () => {
    controller.abort(new Error('enough'))
    return new Promise<never>(() => {})
  }
  const error = await catchCekuraError(
    readAll(listOn(fetch, range, { signal: controller.signal, concurrency: 2 })),
  )
  expect(error).toMatchObject({ code: 'aborted', cause: { message: 'enough' } })
})

test('a window that fails early throws when the loop reaches it, and nowhere else', async () => {
  const first = createDeferred<void>()
  const { fetch } = createMockFetch({ calls: callLogs(1) })
  const list = listOn(
    async (url, init) => {
      if (!startOf(url).startsWith('2025-01-01')) return new Response('{}', { status: 403 })
      await first.promise
      return fetch(url, init)
    },
    range,
    { concurrency: 3 },
  )
  const seen: number[] = []
  const reading = catchCekuraError(async () => {
    for await (const { id } of list) seen.push(id)
  })
  const unhandled = await collectUnhandled(async () => {
    await runReady()
    first.resolve()
    expect(await reading).toMatchObject({ code: 'permission' })
  })
  expect([seen, unhandled]).toEqual([[0], []])
})

test('a slow window does not keep the ones after it from being requested', async () => {
  const first = createDeferred<void>()
  const starts: string[] = []
  const list = listOn(
    async (url) => {
      const count = starts.push(new URL(url).searchParams.get('timestamp_from')!)
      if (count === 1) await first.promise
      return Response.json(pageOf([count], null))
    },
    { agent_id: 1, timestamp_from: '2024-01-01T00:00:00Z', timestamp_to: '2024-12-31T00:00:00Z' },
    { concurrency: 2 },
  )
  const read = readAll(list)
  await expect.poll(() => starts.length).toBe(1 + 2 * 2)
  first.resolve()
  expect(idsOf(await read)[0]).toBe(1)
  expect(new Set(starts).size).toBe(starts.length)
})

test.each(['0001-01-01T00:00:00Z', '0000-01-01T00:00:00Z'])(
  'a range from %s requests the window that is processed, and up to twice `concurrency` more',
  async (timestamp_from) => {
    for (const order of ['oldest', 'newest'] as const) {
      const { fetch, requests } = createMockFetch({ calls: callLogs(1) })
      const list = listOn(fetch, { agent_id: 1, timestamp_from }, { order, concurrency: 3 })
      for await (const _ of list) break
      expect(requests.length).toBeLessThanOrEqual(1 + 2 * 3)
      if (order === 'oldest')
        expect(requests[0]!['timestamp_from']).toBe(timestamp_from.replace('Z', '.000Z'))
    }
  },
)

test.each<{ what: string; query: object; message: string }>([
  {
    what: 'a missing start',
    query: { timestamp_from: undefined },
    message:
      'Invalid timestamp_from: expected a valid Date or an RFC 3339 date-time with an offset, got undefined.',
  },
  {
    what: 'a start of null',
    query: { timestamp_from: null },
    message:
      'Invalid timestamp_from: expected a valid Date or an RFC 3339 date-time with an offset, got null.',
  },
  {
    what: 'an end of null',
    query: { timestamp_to: null },
    message:
      'Invalid timestamp_to: expected a valid Date or an RFC 3339 date-time with an offset, got null.',
  },
  {
    what: 'a start without an offset',
    query: { timestamp_from: '2025-01-15T00:00:00' },
    message:
      'Invalid timestamp_from: expected a valid Date or an RFC 3339 date-time with an offset, got a string.',
  },
  {
    what: 'an end without an offset',
    query: { timestamp_to: '2025-04-15T00:00:00' },
    message:
      'Invalid timestamp_to: expected a valid Date or an RFC 3339 date-time with an offset, got a string.',
  },
  {
    what: 'an end after the last year that the API can read',
    query: { timestamp_to: new Date(8.64e15) },
    message:
      'Invalid timestamp_to: expected a valid Date or an RFC 3339 date-time with an offset, got a Date.',
  },
  {
    what: 'an end before the start',
    query: { timestamp_from: '2025-04-15T00:00:01Z' },
    message: 'Invalid timestamp_from: expected a time before timestamp_to, got a string.',
  },
  {
    what: 'an end before the start in another offset',
    query: { timestamp_from: '2025-04-15T00:00:00Z', timestamp_to: '2025-04-15T05:00:00+05:30' },
    message: 'Invalid timestamp_from: expected a time before timestamp_to, got a string.',
  },
  {
    what: 'a page',
    query: { page: 2 },
    message: 'Invalid page: expected no page, because all pages are read, got 2.',
  },
  {
    what: 'an unknown parameter',
    query: { agentId: 2 },
    message: 'Unknown parameter "agentId". Did you mean "agent_id"?',
  },
])('rejects $what before sending', async ({ query, message }) => {
  const { fetch, requests } = createMockFetch()
  const error = await catchCekuraError(
    readAll(listOn(fetch, { ...range, ...query } as CallLogsRange)),
  )
  expect([error.code, error.message]).toEqual(['usage', message])
  expect(requests).toEqual([])
})
