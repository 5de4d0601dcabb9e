import { createMetricsCsv, encodeNdjsonRow } from '@cekura-kit/call-format'
import type { ClientOptions } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import type { CallLog } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { pageHeader } from '../shared/dashboard-api.ts'
import type { PlaceResponse, RowsResponse, RangeState } from '../shared/dashboard-api.ts'
import { createApp, type AppOptions } from './create-app.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The longest range that is answered, and how far a list without a range reaches. */
const maxDays = 33
const start = Date.parse('2025-01-31T00:00:00Z')
const iso = (time: number): string => new Date(time).toISOString()
const callAt = (id: number, time: number, more: Partial<CallLog> = {}): CallLog =>
  createCallLog({ id, timestamp: iso(time), duration: `0${id % 10}:00`, ...more })

/** An API with the requested range only, and a clock that is advanced by hand. */
function setUp(given: CallLog[], options: Partial<AppOptions> = {}) {
  const calls = [...given]
  const requests: Record<string, string>[] = []
  let time = start
  let isFailing = false
  const api: ClientOptions = {
    apiKey: 'test',
    baseUrl: 'https://upstream.test',
    maxRetries: 0,
    fetch(url, init) {
      const query = Object.fromEntries(new URL(url).searchParams)
      requests.push(query)
      const { timestamp_from: from = '', timestamp_to: to = '9' } = query
      const { call_ids: ids } = query
      if (isFailing) return Promise.resolve(new Response('{}', { status: 500 }))
      const inside = calls.filter(
        ({ id, timestamp }) =>
          timestamp >= from &&
          timestamp <= to &&
          (ids === undefined || ids.split(',').includes(String(id))) &&
          (query['timestamp_from'] !== undefined ||
            Date.parse(timestamp) > start - maxDays * dayMs),
      )
      const span = Date.parse(query['timestamp_to'] ?? '') - Date.parse(from)
      if (span > maxDays * dayMs) return Promise.resolve(new Response('{}', { status: 400 }))
      return createMockFetch({ calls: inside, pageSize: 100 }).fetch(url, init)
    },
  }
  const { app } = createApp({ api, source: 'test', now: () => time, ...options })
  const get = (path: string) =>
    app.request(path, { headers: { host: '127.0.0.1:1', ...pageHeader } })
  const json = async <Answer>(path: string) => (await (await get(path)).json()) as Answer
  return {
    calls,
    requests,
    get,
    json,
    advance: (ms: number) => void (time += ms),
    fail: () => void (isFailing = true),
  }
}

const rowsOf = ({ from, to }: { from: string; to: string }): string =>
  `/api/rows?agent_id=1&from=${from}&to=${to}`

test('only newer calls are loaded, with the last hour before them', async () => {
  const world = setUp([callAt(1, start - 20 * hourMs), callAt(2, start - hourMs / 2)])
  const first = await world.json<RangeState>('/api/range?agent_id=1&range=24h')
  await world.get(rowsOf(first))
  world.calls.unshift(callAt(3, start + hourMs / 6))
  world.advance(hourMs / 3)
  world.requests.length = 0
  const second = await world.json<RangeState>('/api/range?agent_id=1&range=24h')
  const { rows } = await world.json<RowsResponse>(rowsOf(second))
  expect(world.requests.map(({ timestamp_from }) => timestamp_from)).toEqual(
    world.requests.map(() => iso(start - hourMs - 1000)),
  )
  expect(rows.map(({ id }) => id)).toEqual([3, 2, 1])
})

test('a part of a loaded range needs no request', async () => {
  const world = setUp([callAt(1, start - 2 * hourMs), callAt(2, start - 9 * hourMs)])
  const range = { from: iso(start - 24 * hourMs), to: iso(start) }
  await world.get(rowsOf(range))
  world.requests.length = 0
  const part = { from: iso(start - 3 * hourMs), to: iso(start - hourMs) }
  const { rows } = await world.json<RowsResponse>(rowsOf(part))
  expect(rows.map(({ id }) => id)).toEqual([1])
  expect(world.requests).toEqual([])
})

test('an old range is served unchanged until it is reloaded', async () => {
  const world = setUp([callAt(1, start - hourMs)])
  const range = { from: iso(start - 24 * hourMs), to: iso(start) }
  await world.get(rowsOf(range))
  world.calls[0] = callAt(1, start - hourMs, { topic: 'changed' })
  world.advance(hourMs)
  const old = await world.json<RowsResponse>(rowsOf(range))
  expect(old.rows[0]?.topic).toBe('')
  for (const topic of ['changed', 'changed again']) {
    world.calls[0] = callAt(1, start - hourMs, { topic })
    await world.get(`/api/range?agent_id=1&from=${range.from}&to=${range.to}&reload=true`)
    const reloaded = await world.json<RowsResponse>(rowsOf(range))
    expect(reloaded.rows[0]?.topic).toBe(topic)
    world.advance(10_000)
  }
})

test('a call knows its neighbors in the filtered and sorted list', async () => {
  const world = setUp([3, 1, 2, 4].map((id) => callAt(id, start - id * hourMs)))
  const list = `agent_id=1&from=${iso(start - 24 * hourMs)}&to=${iso(start)}&sort=duration&max=180`
  const place = (id: number) => world.json<PlaceResponse>(`/api/place?${list}&id=${id}`)
  expect(await place(2)).toEqual({ index: 1, total: 3, previous: 1, next: 3 })
  expect(await place(1)).toEqual({ index: 0, total: 3, previous: null, next: 2 })
  expect(await place(4)).toEqual({ index: null, total: 3, previous: null, next: null })
})

const listed = [
  callAt(1, start - hourMs, { customer_number: '+15550101234', topic: '=1+1', feedback: 'Ann' }),
  callAt(2, start - 2 * hourMs, { customer_number: '+15550101234' }),
]
const whole = `/api/export?agent_id=1&from=${iso(start - 24 * hourMs)}&to=${iso(start)}`

test('an export is the filtered calls, masked, with no formula in a cell', async () => {
  const answer = await setUp(listed).get(`${whole}&format=csv&pii=mask&q=1`)
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="calls-1-2025-01-30T0000-2025-01-31T0000.csv"',
  )
  const text = await answer.text()
  expect(text.split('\r\n')[1]).toContain("'=1+1")
  expect(text).not.toMatch(/\+1555|Ann/)
})

test('numbers are exported unmasked only where they may be revealed', async () => {
  expect((await setUp(listed).get(`${whole}&format=ndjson&pii=keep`)).status).toBe(200)
  const world = setUp(listed, { canReveal: false })
  expect((await world.get(`${whole}&format=ndjson&pii=keep`)).status).toBe(403)
})

const transcript = 'Who is there? '.repeat(1000)
const metrics = Array.from({ length: 400 }, (_, n) => ({
  id: n,
  name: `Metric ${n}, `.repeat(5),
  type: 'numeric',
  score: n,
}))
const later = { transcript, tomorrow: { deep: [transcript] } }
// Over the range that the service takes at once.
const long = [0, 40, 80].map((days, index) =>
  callAt(index + 1, start - days * dayMs - hourMs, {
    customer_number: '+15550101234',
    error_message: transcript,
    metrics: [...metrics, null] as never,
    ...later,
  }),
)
const quarter = `agent_id=1&from=${iso(start - 90 * dayMs)}&to=${iso(start)}`

test.each(['csv', 'ndjson'] as const)(
  'an export as %s has every field of every call whole',
  async (format) => {
    const text = await (
      await setUp(long).get(`/api/export?${quarter}&format=${format}&pii=keep`)
    ).text()
    // The metrics are too long to keep all.
    const kept = metrics.slice(0, 100).map(({ id, name }) => [id, name.slice(0, 200)] as const)
    const csv = createMetricsCsv(new Map(kept))
    const encode = format === 'csv' ? csv.encode : encodeNdjsonRow
    const lines = long.map((call) => encode({ ...call }))
    expect(text).toBe((format === 'csv' ? csv.header : '') + lines.join(''))
  },
)

test('a transcript that is loaded for an export is masked', async () => {
  const answer = await setUp(long).get(`/api/export?${quarter}&format=ndjson&pii=mask`)
  for (const line of (await answer.text()).trim().split('\n')) {
    const { transcript: text, customer_number } = JSON.parse(line) as Record<string, unknown>
    expect([text, customer_number]).toEqual(['[masked]', '••••34'])
  }
})

test('a long field of a deleted call stays shortened; an export breaks off when the API fails', async () => {
  const world = setUp([...long])
  await world.get(`/api/rows?${quarter}`)
  world.calls.splice(1, 1)
  const answer = await world.get(`/api/export?${quarter}&format=ndjson&pii=keep`)
  const texts = (await answer.text()).trim().split('\n')
  const kept = texts.map((line) => (JSON.parse(line) as { transcript: string }).transcript)
  expect(kept[1]).toMatch(/^Who is there\?.*… \[cut, of 14000 characters\]$/)
  expect([kept[0], kept[2]]).toEqual([transcript, transcript])
  world.fail()
  const broken = await world.get(`/api/export?${quarter}&format=ndjson&pii=keep`)
  await expect(broken.text()).rejects.toThrow()
})

test.each([
  ['an unknown rule', 'format=csv&pii=none'],
  ['a column that does not exist', 'format=csv&pii=mask&sort=customer_number'],
  ['an invalid metric', 'format=csv&pii=mask&metric=310:a..b'],
])('rejects %s', async (_, query) =>
  expect((await setUp(listed).get(`${whole}&${query}`)).status).toBe(400),
)

test('scores of one metric are alternatives, and an open end excludes its value', async () => {
  const scored = [1, 2, 3, 4].map((score) =>
    callAt(score, start - score * hourMs, {
      metrics: [{ id: 310, name: 'CSAT', type: 'numeric', score }],
    }),
  )
  const world = setUp(scored)
  const find = async (metric: string) =>
    (
      await world.json<RowsResponse>(
        `${rowsOf({ from: iso(start - 24 * hourMs), to: iso(start) })}&metric=${metric}`,
      )
    ).rows.map(({ id }) => id)
  expect(await find('310:1..<3')).toEqual([1, 2])
  expect(await find('310:1..<2%7C310:4..')).toEqual([1, 4])
})

test('adjacent ranges count a call at their common end once', async () => {
  const world = setUp([callAt(1, start - hourMs), callAt(2, start - 2 * hourMs), callAt(3, start)])
  const count = async (from: number, to: number): Promise<number> =>
    (await world.json<RowsResponse>(rowsOf({ from: iso(from), to: iso(to) }))).total
  expect(await count(start - 2 * hourMs, start - hourMs)).toBe(1)
  expect(await count(start - hourMs, start)).toBe(1)
  expect(await count(start - 2 * hourMs, start)).toBe(2)
})

test('sixty ranges at once are not all loaded', async () => {
  let requests = 0
  const api: ClientOptions = {
    apiKey: 'test',
    baseUrl: 'https://upstream.test',
    maxRetries: 0,
    fetch() {
      requests += 1
      // Never settles.
      return new Promise<Response>(() => {})
    },
  }
  const { app, close } = createApp({ api, source: 'test', now: () => start })
  const statuses: number[] = []
  for (let agent = 1; agent <= 60; agent += 1) {
    const path = `/api/range?agent_id=${agent}&from=${iso(start - hourMs)}&to=${iso(start)}`
    statuses.push(
      (await app.request(path, { headers: { host: '127.0.0.1:1', ...pageHeader } })).status,
    )
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(54)
  expect(requests).toBe(6)
  close()
})

test('the load of a previous period stops when the last page that waits for it is left', async () => {
  const previous: AbortSignal[] = []
  const api: ClientOptions = {
    apiKey: 'test',
    baseUrl: 'https://upstream.test',
    fetch(url, init) {
      const to = Date.parse(new URL(url).searchParams.get('timestamp_to')!)
      if (to === start) return createMockFetch({ calls: [] }).fetch(url, init)
      const { signal } = init!
      previous.push(signal!)
      return new Promise((_, reject) =>
        signal!.addEventListener('abort', () => reject(signal!.reason as Error)),
      )
    },
  }
  const { app, close } = createApp({ api, source: 'test', now: () => start })
  const compare = (signal: AbortSignal) =>
    app.request(
      `/api/summary?agent_id=1&from=${iso(start - hourMs)}&to=${iso(start)}&compare=true`,
      { headers: { host: '127.0.0.1:1', ...pageHeader }, signal },
    )
  const [first, second, third] = [1, 2, 3].map(() => new AbortController()) as [
    AbortController,
    AbortController,
    AbortController,
  ]
  const left = [compare(first.signal), compare(second.signal)]
  await expect.poll(() => previous).toHaveLength(1)
  first.abort()
  expect(previous[0]!.aborted).toBe(false)
  second.abort()
  expect(previous[0]!.aborted).toBe(true)
  // It is loaded again for the next page.
  left.push(compare(third.signal))
  await expect.poll(() => previous).toHaveLength(2)
  expect(previous[1]!.aborted).toBe(false)
  close()
  await Promise.all(left)
})
