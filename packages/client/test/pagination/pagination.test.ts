import { createClient } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClientWith } from '../src/create-client.ts'
import { planWindows } from '../src/range-windows.ts'
import { startScriptedServer } from './scripted-server.ts'
import { stillEffects } from './still-effects.ts'

const calls = (count: number) => Array.from({ length: count }, (_, id) => createCallLog({ id }))
const idsOf = (list: { id: number }[]) => list.map(({ id }) => id)
const clientOn = (fetch: ReturnType<typeof createMockFetch>['fetch']) =>
  createClient({ apiKey: 'k', fetch, maxRetries: 0 })

/** Each request before it is answered: what changes in the set, by the number of the request. */
const churn = fc.array(
  fc.record({
    at: fc.integer({ min: 1, max: 12 }),
    insert: fc.integer({ min: 0, max: 5 }),
    remove: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 6 },
)

async function walkWhile(
  changes: { at: number; insert: number; remove: number }[],
  removes: boolean,
) {
  const set = calls(23)
  const alive = new Set(idsOf(set))
  let nextId = 1000
  let sent = 0
  const pages: number[] = []
  const list = clientOn(async (url, init) => {
    sent++
    for (const { insert, remove } of changes.filter((change) => change.at === sent)) {
      // Newest first, as a list that calls are added to while it is read.
      for (let n = 0; n < insert; n++) set.unshift(createCallLog({ id: nextId++ }))
      if (removes) for (const { id } of set.splice(2, remove)) alive.delete(id)
    }
    pages.push(Number(new URL(url).searchParams.get('page')))
    return createMockFetch({ calls: set, pageSize: 4 }).fetch(url, init)
  }).callLogs.list({ agent_id: 1 })
  const seen: number[] = []
  for await (const { id } of list) seen.push(id)
  return { seen, pages, alive }
}

test('a walk never repeats a call log, goes strictly on, and ends, whatever is added or removed', () =>
  fc.assert(
    fc.asyncProperty(churn, async (changes) => {
      const { seen, pages } = await walkWhile(changes, true)
      expect(new Set(seen).size).toBe(seen.length)
      expect(pages).toEqual(pages.map((_, index) => index + 1))
    }),
  ))

test('a walk misses nothing that was there throughout, as long as nothing is removed', () =>
  fc.assert(
    fc.asyncProperty(churn, async (changes) => {
      const { seen, alive } = await walkWhile(changes, false)
      expect([...alive].filter((id) => !seen.includes(id))).toEqual([])
    }),
  ))

test('pages() reports what was seen', async () => {
  const { fetch } = createMockFetch({ calls: calls(5), pageSize: 2 })
  const walk = clientOn(fetch).callLogs.list({ agent_id: 1 }).pages()
  for await (const page of walk) expect(page.results.length).toBeGreaterThan(0)
  expect(walk.report).toEqual({
    pages: 3,
    items: 5,
    duplicates: 0,
    firstCount: 5,
    lastCount: 5,
    complete: true,
  })
  expect(walk.resumeToken).toBeUndefined()
})

test('a walk that stopped goes on from its token without a hole', async () => {
  const { fetch } = createMockFetch({ calls: calls(5), pageSize: 2 })
  const { callLogs } = clientOn(fetch)
  const walk = callLogs.list({ agent_id: 1 }).pages({ maxPages: 1 })
  const seen: number[] = []
  for await (const page of walk) seen.push(...idsOf(page.results))
  expect(walk.report).toMatchObject({ pages: 1, complete: false })
  const resume = walk.resumeToken!
  for await (const { id } of callLogs.list({ agent_id: 1 }, { resume })) seen.push(id)
  expect(seen).toEqual([0, 1, 2, 3, 4])
})

test.each(['', 'v1.0.x', 'v2.1.2025-01-01T00:00:00Z', 'junk'])(
  'the token "%s" is refused before anything is sent',
  async (resume) => {
    const { fetch, requests } = createMockFetch()
    await expect(clientOn(fetch).callLogs.list({ agent_id: 1 }, { resume })).rejects.toMatchObject({
      code: 'usage',
    })
    expect(requests).toEqual([])
  },
)

test('prefetch asks for the next page while this one is worked on, and for none too many', async () => {
  const { fetch, requests } = createMockFetch({ calls: calls(6), pageSize: 2 })
  const seen: number[] = []
  for await (const _ of clientOn(fetch).callLogs.list({ agent_id: 1 }).pages({ prefetch: 1 }))
    seen.push(requests.length)
  expect(seen).toEqual([2, 3, 3])
})

test('breaking off aborts the page that was asked for ahead', async () => {
  const signals: AbortSignal[] = []
  const { fetch } = createMockFetch({ calls: calls(6), pageSize: 2 })
  const { callLogs } = clientOn((url, init) => {
    signals.push(init.signal!)
    return signals.length === 1 ? fetch(url, init) : new Promise(() => {})
  })
  for await (const _ of callLogs.list({ agent_id: 1 }).pages({ prefetch: 1 })) break
  await expect.poll(() => signals[1]?.aborted).toBe(true)
})

test('toArray() stops asking once it has enough', async () => {
  const { fetch, requests } = createMockFetch({ calls: calls(9), pageSize: 2 })
  const list = clientOn(fetch).callLogs.list({ agent_id: 1 })
  expect(idsOf(await list.toArray({ limit: 3 }))).toEqual([0, 1, 2])
  expect(requests).toHaveLength(2)
  await expect(list.toArray({ limit: 0 })).rejects.toMatchObject({ code: 'usage' })
})

test.each<{
  name: string
  walk(list: ReturnType<typeof clientOn>['callLogs']): AsyncIterable<unknown>
}>([
  { name: 'maxPages 0', walk: ({ list }) => list({ agent_id: 1 }).pages({ maxPages: 0 }) },
  {
    name: 'concurrency 0',
    walk: ({ listRange }) =>
      listRange({ agent_id: 1, timestamp_from: '2025-01-01T00:00:00Z' }, { concurrency: 0 }),
  },
  {
    name: 'a range that ends before it begins',
    walk: ({ listRange }) =>
      listRange({
        agent_id: 1,
        timestamp_from: '2025-01-01T00:00:00+05:30',
        timestamp_to: '2024-12-31T18:00:00Z',
      }),
  },
  {
    name: 'a range without a beginning',
    walk: ({ listRange }) => listRange({ agent_id: 1 } as never),
  },
])('$name is refused before anything is sent', async ({ walk }) => {
  const { fetch, requests } = createMockFetch()
  const begin = async () => {
    for await (const _ of walk(clientOn(fetch).callLogs)) break
  }
  await expect(begin()).rejects.toMatchObject({ code: 'usage' })
  expect(requests).toEqual([])
})

test('a walk that would go on past 10 000 pages is an error, unless so many are asked for', async () => {
  const { callLogs } = createClient({
    apiKey: 'k',
    fetch: async (url) => {
      const number = Number(new URL(url).searchParams.get('page') ?? 1)
      return Response.json({ count: 0, next: `/?page=${number + 1}`, previous: null, results: [] })
    },
  })
  const walk = callLogs.list({ agent_id: 1 }).pages()
  const begin = async () => {
    for await (const _ of walk);
  }
  await expect(begin()).rejects.toThrow('pass maxPages')
  expect(walk.report).toMatchObject({ pages: 10_000, complete: false })
}, 30_000)

test('call logs without an id are all kept, as they cannot be told apart', async () => {
  const results = [{ call_id: 'a' }, { call_id: 'b' }]
  const list = clientOn(async () =>
    Response.json({ count: 2, next: null, previous: null, results }),
  ).callLogs.list({ agent_id: 1 })
  expect(await list.toArray({ limit: 9 })).toEqual(results)
})

test('windows of a range are at most 30 days, cover it, and share a second', () =>
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 400 * 86_400_000 }),
      (from, length) => {
        const to = new Date(from.getTime() + length)
        const windows = planWindows(from.getTime(), to.getTime())
        expect(windows[0]!.timestamp_from).toBe(from.toISOString())
        expect(windows.at(-1)!.timestamp_to).toBe(to.toISOString())
        for (const [index, window] of windows.entries()) {
          const start = Date.parse(window.timestamp_from)
          expect(Date.parse(window.timestamp_to) - start).toBeLessThanOrEqual(30 * 86_400_000)
          if (index > 0) expect(Date.parse(windows[index - 1]!.timestamp_to) - start).toBe(1000)
        }
      },
    ),
  ))

test.each([1, 3])(
  'listRange() with concurrency %i gives each call log once, in order',
  async (concurrency) => {
    const day = 86_400_000
    const start = Date.parse('2025-01-01T00:00:00Z')
    const all = Array.from({ length: 100 }, (_, n) =>
      createCallLog({ id: n, timestamp: new Date(start + n * day).toISOString() }),
    )
    let running = 0
    let most = 0
    const { callLogs } = clientOn(async (url, init) => {
      most = Math.max(most, ++running)
      const query = new URL(url).searchParams
      const inWindow = all.filter(
        ({ timestamp }) =>
          timestamp >= query.get('timestamp_from')! && timestamp <= query.get('timestamp_to')!,
      )
      const response = await createMockFetch({ calls: inWindow, pageSize: 7 }).fetch(url, init)
      running--
      return response
    })
    const range = callLogs.listRange(
      { agent_id: 1, timestamp_from: new Date(start), timestamp_to: new Date(start + 99 * day) },
      { concurrency },
    )
    const seen: number[] = []
    for await (const { id } of range) seen.push(id)
    expect(seen).toEqual(idsOf(all))
    expect(most).toBe(concurrency)
  },
)

test('hooks are told what happens, and get no header and no body', async () => {
  await using server = await startScriptedServer([
    { status: 503, json: { detail: 'secret words' }, headers: { 'x-request-id': 'r1' } },
    { page: { ids: [1], next: null, count: 1 } },
  ])
  const told: unknown[] = []
  const hook = (name: string) => (info: unknown) => {
    told.push([name, info])
    throw new Error('a broken hook breaks nothing')
  }
  const client = createClientWith(
    {
      apiKey: 'canary',
      baseUrl: server.url,
      hooks: { onRequest: hook('request'), onResponse: hook('response'), onRetry: hook('retry') },
    },
    stillEffects,
  )
  await client.callLogs.list({ agent_id: 1 })
  expect(told.map((entry) => (entry as string[])[0])).toEqual([
    'request',
    'response',
    'retry',
    'request',
    'response',
  ])
  expect(told[2]).toEqual([
    'retry',
    {
      method: 'GET',
      path: expect.any(String) as string,
      call: 1,
      attempts: 1,
      status: 503,
      requestId: 'r1',
      code: 'server',
      delayMs: 250,
    },
  ])
  expect(JSON.stringify(told)).not.toMatch(/canary|secret words|agent_id/)
})

test('a key function is asked before each attempt', async () => {
  await using server = await startScriptedServer([
    { status: 503, text: '' },
    { page: { ids: [], next: null, count: 0 } },
  ])
  let asked = 0
  const client = createClientWith(
    { apiKey: async () => `key-${++asked}`, baseUrl: server.url },
    stillEffects,
  )
  await client.callLogs.list({ agent_id: 1 })
  expect(server.requests.map(({ headers }) => headers['x-cekura-api-key'])).toEqual([
    'key-1',
    'key-2',
  ])
})

const schemaWith = (issues?: { message: string }[]) => ({
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) => (issues ? { issues } : { value }),
  },
})

test('a Standard Schema judges pages when it is given', async () => {
  const { fetch } = createMockFetch({ calls: calls(1) })
  const { callLogs } = clientOn(fetch)
  expect((await callLogs.list({ agent_id: 1 }, { validate: schemaWith() })).count).toBe(1)
  await expect(
    callLogs.list({ agent_id: 1 }, { validate: schemaWith([{ message: 'no' }]) }),
  ).rejects.toMatchObject({
    code: 'invalid_response',
    message: expect.stringMatching(/: the answer fails validate$/) as string,
    cause: [{ message: 'no' }],
  })
})

test('the retry budget keeps a failing service from being asked three times for everything', async () => {
  await using server = await startScriptedServer([{ status: 503, text: '' }])
  const client = createClientWith({ apiKey: 'k', baseUrl: server.url }, stillEffects)
  for (let n = 0; n < 20; n++)
    await expect(client.callLogs.list({ agent_id: 1 })).rejects.toMatchObject({ code: 'server' })
  expect(server.requests).toHaveLength(20 + 10)
})
