import type { CallLogPage, PageList, PagePosition } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { catchCekuraError, readAll } from '../support/catch-error.ts'
import { callLogs, createClientOn, createFetchOf, idsOf, pageOf } from '../support/client-on.ts'

const agent = { agent_id: 1 }

/** Changes of the list before single requests, by the number of the request. */
const changesOf = fc.array(
  fc.record({
    at: fc.integer({ min: 1, max: 12 }),
    insert: fc.integer({ min: 0, max: 5 }),
    remove: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 6 },
)

/** Iterates a list of 23 call logs that changes between requests. */
async function iterateWhile(
  changes: { at: number; insert: number; remove: number }[],
  removes: boolean,
) {
  const stored = callLogs(23)
  const alive = new Set(idsOf(stored))
  let nextId = 1000
  const pages: number[] = []
  const list = createClientOn(async (url, init) => {
    const number = pages.push(Number(new URL(url).searchParams.get('page')))
    for (const { insert, remove } of changes.filter(({ at }) => at === number)) {
      // Newest first, as in a list that grows while it is read.
      for (let n = 0; n < insert; n++) stored.unshift(createCallLog({ id: nextId++ }))
      if (removes) for (const { id } of stored.splice(2, remove)) alive.delete(id)
    }
    return createMockFetch({ calls: stored, pageSize: 4 }).fetch(url, init)
  }).callLogs.list(agent)
  return { seen: idsOf(await readAll(list)), pages, alive }
}

test('an iteration repeats no call log, requests page after page, and ends, whatever changes', () =>
  fc.assert(
    fc.asyncProperty(changesOf, async (changes) => {
      const { seen, pages } = await iterateWhile(changes, true)
      expect(new Set(seen).size).toBe(seen.length)
      expect(pages).toEqual(pages.map((_, index) => index + 1))
    }),
  ))

test('an iteration misses no call log as long as none is deleted', () =>
  fc.assert(
    fc.asyncProperty(changesOf, async (changes) => {
      const { seen, alive } = await iterateWhile(changes, false)
      expect([...alive].filter((id) => !seen.includes(id))).toEqual([])
    }),
  ))

const complete = { duplicates: 0, complete: true, resumeFrom: undefined }

test('pages() reports what it returned', async () => {
  const { fetch } = createMockFetch({ calls: callLogs(5), pageSize: 2 })
  const pages = createClientOn(fetch).callLogs.list(agent).pages()
  expect(pages.report).toEqual({
    pages: 0,
    items: 0,
    duplicates: 0,
    complete: false,
    firstCount: undefined,
    lastCount: undefined,
    resumeFrom: undefined,
  })
  for await (const page of pages) expect(page.results.length).toBeGreaterThan(0)
  expect(pages.report).toEqual({ pages: 3, items: 5, firstCount: 5, lastCount: 5, ...complete })
})

test('a report counts repeated items once, and no page past the end', async () => {
  const pastEnd = Response.json({ detail: 'Invalid page.' }, { status: 404 })
  const { fetch } = createFetchOf(pageOf([1, 2], '/?page=2'), pageOf([2, 3], '/?page=3'), pastEnd)
  const pages = createClientOn(fetch).callLogs.list(agent).pages()
  expect(await readAll(pages)).toHaveLength(2)
  expect(pages.report).toEqual({
    pages: 2,
    items: 3,
    duplicates: 1,
    firstCount: 2,
    lastCount: 2,
    complete: true,
    resumeFrom: undefined,
  })
})

test('a list that ends before its count is not complete, and can be resumed', async () => {
  const pastEnd = Response.json({ detail: 'Invalid page.' }, { status: 404 })
  const { fetch } = createFetchOf({ ...pageOf([1, 2], '/?page=2'), count: 4 }, pastEnd)
  const pages = createClientOn(fetch).callLogs.list(agent).pages()
  await readAll(pages)
  expect(pages.report).toMatchObject({ pages: 1, items: 2, lastCount: 4, complete: false })
  expect(pages.report.resumeFrom).toMatchObject({ page: 2 })
})

test.each([
  { what: 'a plain-text 404', response: () => new Response('404 page not found', { status: 404 }) },
  {
    what: 'the 404 of a deleted agent',
    response: () => Response.json({ detail: 'Not found.' }, { status: 404 }),
  },
  { what: 'a 403', response: () => Response.json({ detail: 'No.' }, { status: 403 }) },
  { what: 'a page that does not advance', response: () => Response.json(pageOf([2], '/?page=2')) },
])(
  '$what ends an iteration with an error, and its position continues there',
  async ({ response }) => {
    const { fetch, urls } = createFetchOf(pageOf([1], '/?page=2'), response(), pageOf([2], null))
    const { list } = createClientOn(fetch).callLogs
    const pages = list(agent).pages()
    await catchCekuraError(readAll(pages))
    expect(pages.report).toMatchObject({ pages: 1, items: 1, complete: false })
    expect(idsOf(await readAll(list({ ...agent, ...pages.report.resumeFrom })))).toEqual([2])
    expect(new URL(urls[2]!).searchParams.get('page')).toBe('2')
  },
)

test('reports a count that changes or is missing', async () => {
  const bodies = [
    pageOf([1], '/?page=2'),
    { next: '/?page=3', results: [{ id: 2 }] },
    { ...pageOf([3], null), count: null },
  ]
  const pages = createClientOn(createFetchOf(...bodies).fetch)
    .callLogs.list(agent)
    .pages()
  const counts: unknown[] = []
  for await (const _ of pages) counts.push([pages.report.firstCount, pages.report.lastCount])
  expect(counts).toEqual([
    [1, 1],
    [1, undefined],
    [1, undefined],
  ])
  expect(pages.report).toMatchObject({ pages: 3, items: 3, ...complete })
})

test.each([[null], [undefined], [''], [{}]])('keeps all items whose id is %j', async (id) => {
  const results = [
    { id, call_id: 'a' },
    { id, call_id: 'b' },
    { id, call_id: 'c' },
  ]
  const { fetch } = createFetchOf(
    { ...pageOf([], '/?page=2'), results },
    { ...pageOf([], null), results: [{ id, call_id: 'd' }] },
  )
  const pages = createClientOn(fetch).callLogs.list(agent).pages()
  await readAll(pages)
  expect(pages.report).toMatchObject({ pages: 2, items: 4, ...complete })
})

test('pages of items without ids are not taken for a repeated page', async () => {
  const bodies = ['a', 'b', 'c'].map((call_id) => ({
    next: call_id === 'c' ? null : '/next',
    results: [{ call_id }],
  }))
  const { fetch } = createFetchOf(...bodies)
  expect(await readAll(createClientOn(fetch).callLogs.list(agent))).toHaveLength(3)
})

test('a server that repeats a page without a page number in next gets 2 requests', async () => {
  const { fetch, urls } = createFetchOf(pageOf([1, 2], 'https://api.example/next'))
  const error = await catchCekuraError(readAll(createClientOn(fetch).callLogs.list(agent)))
  expect(error).toMatchObject({ reason: 'pagination_stuck', details: { page: 2 } })
  expect(urls).toHaveLength(2)
})

test.each([
  { what: 'no end', query: {} },
  { what: 'an end as text', query: { timestamp_to: '2025-01-01T00:00:00+05:30' } },
  { what: 'an end as a Date', query: { timestamp_to: new Date('2025-01-01T00:00:00Z') } },
  { what: 'a page size', query: { page_size: 2 } },
  { what: 'a first page', query: { page: 2, page_size: 2 } },
])('a list with $what continues after each stop, also from stored JSON', async ({ query }) => {
  const { fetch, requests } = createMockFetch({ calls: callLogs(7), pageSize: 2 })
  const { list } = createClientOn(fetch).callLogs
  let position: Partial<PagePosition> | undefined = query
  const seen: number[] = []
  while (position) {
    const pages: PageList<CallLogPage> = list({ ...agent, ...position }).pages({ maxPages: 1 })
    for (const { results } of await readAll(pages)) seen.push(...idsOf(results))
    const { resumeFrom } = pages.report
    position = resumeFrom && (JSON.parse(JSON.stringify(resumeFrom)) as PagePosition)
  }
  expect(seen).toEqual(idsOf(callLogs(7)).slice('page' in query ? 2 : 0))
  expect(new Set(requests.map(({ timestamp_to }) => timestamp_to)).size).toBe(1)
})

test('toArray() stops requesting once it has enough', async () => {
  const { fetch, requests } = createMockFetch({ calls: callLogs(9), pageSize: 2 })
  expect(idsOf(await createClientOn(fetch).callLogs.list(agent).toArray({ limit: 3 }))).toEqual([
    0, 1, 2,
  ])
  expect(requests).toHaveLength(2)
})

test('toArray() returns fewer items than its limit when the list is shorter', async () => {
  const { fetch } = createMockFetch({ calls: callLogs(2) })
  expect(await createClientOn(fetch).callLogs.list(agent).toArray({ limit: 9 })).toHaveLength(2)
})

test('a list sends nothing before it is used, and one request however often it is awaited', async () => {
  const { fetch, requests } = createMockFetch({ calls: callLogs(1) })
  const list = createClientOn(fetch).callLogs.list(agent)
  list.pages()
  expect(requests).toEqual([])
  expect(await list).toBe(await list)
  expect(requests).toHaveLength(1)
})

test('a list is a promise of its page, with then, catch and finally', async () => {
  const { fetch } = createMockFetch({ calls: callLogs(1), failures: { 2: 404 } })
  const { list } = createClientOn(fetch).callLogs
  let ended = 0
  expect((await list(agent).finally(() => void ended++)).count).toBe(1)
  expect(await list(agent).catch((error: unknown) => (error as { code: string }).code)).toBe(
    'not_found',
  )
  expect(ended).toBe(1)
})
