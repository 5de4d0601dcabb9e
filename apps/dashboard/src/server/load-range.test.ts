import { createClient } from '@cekura-kit/client'
import { createCallLog } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { loadRange, splitRange } from './load-range.ts'
import { watchRateLimits } from './rate-limits.ts'

const dayMs = 86_400_000
const to = Date.parse('2025-01-31T00:00:00Z')
const range = { from: to - 30 * dayMs, to }

test.each([1, 7, 28])('%d slices cover a range without a gap, newest first', (count) => {
  const slices = splitRange(range, count)
  expect(slices).toHaveLength(count)
  expect(slices[0]?.to).toBe(range.to)
  expect(slices.at(-1)?.from).toBe(range.from)
  for (const [index, slice] of slices.entries()) {
    expect(slice.to).toBeGreaterThan(slice.from)
    if (index > 0) expect(slice.to).toBe(slices[index - 1]!.from)
  }
})

test('a range of a few milliseconds has slices too', () => {
  const slices = splitRange({ from: 0, to: 3 }, 28)
  expect([slices.length, slices.at(-1)?.from]).toEqual([3, 0])
})

const calls = Array.from({ length: 900 }, (_, index) =>
  createCallLog({ id: index + 1, timestamp: new Date(to - 1 - index * 2_800_000).toISOString() }),
)

interface Publication {
  ids: number[]
  completeFrom: number
  isPart: boolean
}

interface Behavior {
  maxRows?: number
  /** The API fails from this request on. */
  failFrom?: number
  /** The API limits its rate once, at this request. */
  limitAt?: number
}

/** Loads the calls. */
async function load({ maxRows = 10_000, failFrom = Infinity, limitAt = Infinity }: Behavior = {}) {
  const rateLimits = watchRateLimits(Date.now)
  const parallel: number[] = []
  let running = 0
  let requests = 0
  const client = createClient({
    apiKey: 'test',
    baseUrl: 'https://upstream.test',
    maxRetries: 5,
    hooks: rateLimits.hooks,
    async fetch(text) {
      requests += 1
      running += 1
      parallel.push(running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      if (requests >= failFrom) return new Response('{}', { status: 400 })
      if (requests >= limitAt && requests < limitAt + 5)
        return new Response('{}', { status: 429, headers: { 'retry-after': '0' } })
      const { searchParams } = new URL(text)
      const [start, end] = [searchParams.get('timestamp_from')!, searchParams.get('timestamp_to')!]
      const page = Number(searchParams.get('page') ?? 1)
      // Oldest first: the order is not documented.
      const inside = calls
        .filter(({ timestamp }) => timestamp >= start && timestamp <= end)
        .toReversed()
      const next = inside.length > page * 20 ? `https://upstream.test/?page=${page + 1}` : null
      const results = inside.slice((page - 1) * 20, page * 20)
      return Response.json({ count: inside.length, next, previous: null, results })
    },
  })
  const published: Publication[] = []
  const options = { client, maxRows, isSearched: false, rateLimits }
  const done = loadRange(options, {
    agentId: 1,
    parts: [range],
    signal: new AbortController().signal,
    onChange({ snapshot }) {
      if (!snapshot) return
      const { calls: found, completeFrom, isPart } = snapshot
      published.push({ ids: found.map(({ id }) => id), completeFrom, isPart })
    },
  })
  const error: unknown = await done.catch((failure: unknown) => failure)
  return { published, error, parallel }
}

const ids = calls.map(({ id }) => id)

test('the newest calls come first, each publication continues the last one, and none is missing', async () => {
  const { published, parallel } = await load()
  expect(published[0]!.ids.length).toBeLessThan(100)
  for (const { ids: found } of published) expect(found).toEqual(ids.slice(0, found.length))
  expect(published.at(-1)).toMatchObject({ completeFrom: range.from, isPart: false })
  expect(published.at(-1)!.ids).toHaveLength(900)
  // Requests run in parallel, up to a limit.
  expect(Math.max(...parallel)).toBe(6)
})

test('when a later part fails, the calls before it stay', async () => {
  const { published, error } = await load({ failFrom: 20 })
  expect(error).toBeInstanceOf(Error)
  const { ids: found, completeFrom } = published.at(-1)!
  expect(found.length).toBeGreaterThan(0)
  expect(found).toEqual(ids.slice(0, found.length))
  expect(completeFrom).toBeGreaterThan(range.from)
})

test('of more calls than fit, the newest are kept, complete since a time', async () => {
  const { published } = await load({ maxRows: 150 })
  const { ids: found, completeFrom, isPart } = published.at(-1)!
  expect(isPart).toBe(true)
  expect(found).toEqual(ids.slice(0, 150))
  expect(calls.filter(({ timestamp }) => Date.parse(timestamp) >= completeFrom)).toHaveLength(150)
})

test('each 429 reduces the requests at a time, down to one', async () => {
  const { published, parallel } = await load({ limitAt: 20 })
  expect(Math.max(...parallel.slice(0, 20))).toBe(6)
  expect(new Set(parallel.slice(-20))).toEqual(new Set([1]))
  expect(published.at(-1)!.ids).toEqual(ids)
})
