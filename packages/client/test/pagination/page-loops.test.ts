// Each loop over a list has its own limit, report and position.
import { createMockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { catchCekuraError, readAll } from '../support/catch-error.ts'
import { callLogs, createClientOn, createFetchOf, pageOf } from '../support/client-on.ts'
import { runReady } from '../support/unhandled-rejections.ts'

const agent = { agent_id: 1 }

/** Pages of a list with 10 pages. */
function createPages(options?: { maxPages?: number }) {
  const { fetch, requests } = createMockFetch({ calls: callLogs(10), pageSize: 1 })
  return { pages: createClientOn(fetch).callLogs.list(agent).pages(options), requests }
}

test('maxPages applies to each of two loops, one after the other', async () => {
  const { pages, requests } = createPages({ maxPages: 2 })
  expect(await readAll(pages)).toHaveLength(2)
  expect(pages.report).toMatchObject({ pages: 2, items: 2 })
  expect(await readAll(pages)).toHaveLength(2)
  expect(pages.report).toMatchObject({ pages: 2, items: 2 })
  expect(requests.map(({ page }) => page)).toEqual(['1', '2', '1', '2'])
})

test('maxPages applies to each of two loops at the same time', async () => {
  const { pages, requests } = createPages({ maxPages: 2 })
  const read = await Promise.all([readAll(pages), readAll(pages)])
  expect(read.map((loop) => loop.map(({ results }) => results[0]?.id))).toEqual([
    [0, 1],
    [0, 1],
  ])
  expect(requests).toHaveLength(4)
})

test('two loops at the same time have separate reports', async () => {
  const { pages } = createPages()
  const first = pages[Symbol.asyncIterator]()
  const firstReport = pages.report
  const second = pages[Symbol.asyncIterator]()
  await first.next()
  await second.next()
  await first.next()
  expect(firstReport).toMatchObject({ pages: 2, resumeFrom: { page: 3 } })
  expect(pages.report).toMatchObject({ pages: 1, resumeFrom: { page: 2 } })
  await first.return()
  expect((await second.next()).done).toBe(false)
})

test('a loop that stopped early does not shorten the next one', async () => {
  const { pages } = createPages()
  for await (const _ of pages) break
  expect(pages.report).toMatchObject({ pages: 1, complete: false })
  expect(await readAll(pages)).toHaveLength(10)
  expect(pages.report).toMatchObject({ pages: 10, items: 10, duplicates: 0, complete: true })
})

test('iterating a list twice returns every item twice', async () => {
  const { fetch } = createMockFetch({ calls: callLogs(3), pageSize: 1 })
  const list = createClientOn(fetch).callLogs.list(agent)
  expect(await readAll(list)).toEqual(await readAll(list))
  expect(await readAll(list)).toHaveLength(3)
})

test('next() that is called without waiting returns pages in order', async () => {
  const { pages, requests } = createPages({ maxPages: 3 })
  const iterator = pages[Symbol.asyncIterator]()
  const results = await Promise.all([
    iterator.next(),
    iterator.next(),
    iterator.next(),
    iterator.next(),
  ])
  expect(results.map(({ done, value }) => (done ? 'done' : value?.results[0]?.id))).toEqual([
    0,
    1,
    2,
    'done',
  ])
  expect(requests).toHaveLength(3)
})

test.each<{
  how: string
  stop: (pages: ReturnType<typeof createPages>['pages']) => Promise<unknown>
}>([
  {
    how: 'break',
    stop: async (pages) => {
      for await (const _ of pages) break
    },
  },
  {
    how: 'throw',
    stop: async (pages) => {
      try {
        for await (const _ of pages) throw new Error('enough')
      } catch {}
    },
  },
  {
    how: 'return()',
    stop: async (pages) => {
      const loop = pages[Symbol.asyncIterator]()
      await loop.next()
      await loop.return()
    },
  },
  {
    how: 'throw()',
    stop: async (pages) => {
      const loop = pages[Symbol.asyncIterator]()
      await loop.next()
      await loop.throw(new Error('enough')).catch(() => {})
    },
  },
])('a loop that stops by $how sends no more requests', async ({ stop }) => {
  const { pages, requests } = createPages()
  await stop(pages)
  await runReady()
  expect(requests).toHaveLength(1)
})

test('a loop without maxPages throws after 10,000 pages, and one with maxPages does not', async () => {
  let requests = 0
  const cekura = createClientOn(async (url) => {
    requests++
    const page = Number(new URL(url).searchParams.get('page'))
    return Response.json({ next: `/?page=${page + 1}`, results: [] })
  })
  const pages = cekura.callLogs.list(agent).pages()
  expect(await catchCekuraError(readAll(pages))).toMatchObject({
    reason: 'too_many_pages',
    details: { limit: 10_000 },
  })
  expect(pages.report).toMatchObject({ pages: 10_000, complete: false })
  expect(requests).toBe(10_001)
  expect(await readAll(cekura.callLogs.list(agent).pages({ maxPages: 10_002 }))).toHaveLength(
    10_002,
  )
}, 60_000)

test('the end of the time range is the start of each loop', async () => {
  const { fetch, urls } = createFetchOf(pageOf([1], null))
  const list = createClientOn(fetch).callLogs.list({
    agent_id: 1,
    timestamp_to: new Date('2025-01-01T00:00:00Z'),
  })
  await readAll(list.pages())
  await readAll(list)
  expect(urls.map((url) => new URL(url).searchParams.get('timestamp_to'))).toEqual([
    '2025-01-01T00:00:00.000Z',
    '2025-01-01T00:00:00.000Z',
  ])
})
