import { createClient, type CekuraError } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { createSieve } from '../src/page-walk.ts'

const calls = (count: number) => Array.from({ length: count }, (_, id) => createCallLog({ id }))
const clientOn = (fetch: ReturnType<typeof createMockFetch>['fetch']) =>
  createClient({ apiKey: 'k', fetch, maxRetries: 0 }).callLogs
/** Four windows. */
const range = {
  agent_id: 1,
  timestamp_from: '2025-01-01T00:00:00Z',
  timestamp_to: '2025-04-15T00:00:00Z',
}
const windowOf = (url: string): string => new URL(url).searchParams.get('timestamp_from')!

test.each([1, 2, 3, 9])(
  'with concurrency %i every window is asked for once',
  async (concurrency) => {
    const { fetch, requests } = createMockFetch({ calls: calls(1) })
    for await (const _ of clientOn(fetch).listRange(range, { concurrency }));
    expect(new Set(requests.map((query) => query['timestamp_from'])).size).toBe(4)
    expect(requests).toHaveLength(4)
  },
)

test('one window after another asks for no page before it is wanted', async () => {
  const { fetch, requests } = createMockFetch({ calls: calls(4), pageSize: 1 })
  const seen: number[] = []
  for await (const _ of clientOn(fetch).listRange(range)) seen.push(requests.length)
  expect(seen.slice(0, 3)).toEqual([1, 2, 3])
})

test('a range of one instant is asked for', async () => {
  const { fetch, requests } = createMockFetch()
  const timestamp_to = range.timestamp_from
  for await (const _ of clientOn(fetch).listRange({ ...range, timestamp_to }));
  expect(requests).toMatchObject([{ timestamp_from: '2025-01-01T00:00:00.000Z' }])
})

test('options of a range are those of each of its calls', async () => {
  const { fetch, requests } = createMockFetch()
  for await (const _ of clientOn(fetch).listRange(range, { extraQuery: { project_id: 5 } }));
  expect(requests.map((query) => query['project_id'])).toEqual(['5', '5', '5', '5'])
})

test('breaking off ends the windows that were asked for ahead', async () => {
  const signals: AbortSignal[] = []
  const { fetch } = createMockFetch({ calls: calls(2) })
  const { listRange } = clientOn((url, init) => {
    if (signals.push(init.signal!) === 1) return fetch(url, init)
    return new Promise(() => {})
  })
  for await (const _ of listRange(range, { concurrency: 3 })) break
  await expect.poll(() => signals.slice(1).map(({ aborted }) => aborted)).toEqual([true, true])
})

test('a window that fails before its turn is told in its turn, and to nobody else', async () => {
  const unhandled: unknown[] = []
  const listen = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', listen)
  let goOn: (() => void) | undefined
  const first = new Promise<void>((done) => (goOn = done))
  const { fetch } = createMockFetch({ calls: calls(1) })
  const { listRange } = clientOn(async (url, init) => {
    if (!windowOf(url).startsWith('2025-01-01')) return new Response('{}', { status: 403 })
    await first
    return fetch(url, init)
  })
  const seen: number[] = []
  const walk = (async () => {
    for await (const { id } of listRange(range, { concurrency: 3 })) seen.push(id)
  })()
  // Rejections that nobody has taken up are told after the turn of the loop.
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setImmediate(done))
  goOn!()
  await expect(walk).rejects.toMatchObject({ code: 'permission' })
  process.off('unhandledRejection', listen)
  expect([seen, unhandled]).toEqual([[0], []])
})

test.each<[string, (list: ReturnType<typeof clientOn>) => AsyncIterable<unknown>]>([
  ['maxPages is "0"; give', ({ list }) => list({ agent_id: 1 }).pages({ maxPages: 0 })],
  ['concurrency is "0"; give', ({ listRange }) => listRange(range, { concurrency: 0 })],
  [
    'timestamp_from is "2025-04-15T00:00:01Z"; give one before 2025-04-15T00:00:00Z',
    ({ listRange }) => listRange({ ...range, timestamp_from: '2025-04-15T00:00:01Z' }),
  ],
  [
    'resume is "junk"; give a resumeToken',
    ({ list }) => list({ agent_id: 1 }, { resume: 'junk' }).pages(),
  ],
])('it is told that %s', async (message, walk) => {
  const begin = async () => {
    for await (const _ of walk(clientOn(createMockFetch().fetch)));
  }
  await expect(begin()).rejects.toThrow(message)
})

test('it is told which limit is none', async () => {
  const { list } = clientOn(createMockFetch().fetch)
  await expect(list({ agent_id: 1 }).toArray({ limit: 0 })).rejects.toThrow('limit is "0"; give')
})

test('a list is a promise of its page in every respect', async () => {
  const { fetch } = createMockFetch({ calls: calls(1), failures: { 2: 404 } })
  const { list } = clientOn(fetch)
  let ended = 0
  expect((await list({ agent_id: 1 }).finally(() => void ended++)).count).toBe(1)
  expect(await list({ agent_id: 1 }).catch((error: unknown) => (error as CekuraError).code)).toBe(
    'not_found',
  )
  expect(ended).toBe(1)
})

const page = (ids: number[], next: string | null) => ({
  count: 3,
  next,
  previous: null,
  results: ids.map((id) => createCallLog({ id })),
})

test('a report counts what came again, and no page that was gone', async () => {
  const answers = [page([1, 2], '/?page=2'), page([2, 3], '/?page=3')]
  const walk = clientOn(async () => {
    const answer = answers.shift()
    return answer ? Response.json(answer) : Response.json({ detail: 'No.' }, { status: 404 })
  })
    .list({ agent_id: 1 })
    .pages()
  expect(walk.report).toEqual({ pages: 0, items: 0, duplicates: 0, complete: false })
  let pages = 0
  for await (const _ of walk) pages++
  expect(pages).toBe(2)
  expect(walk.report).toEqual({
    pages: 2,
    items: 3,
    duplicates: 1,
    firstCount: 3,
    lastCount: 3,
    complete: true,
  })
})

test('the last 100 000 ids are remembered, and no more', () => {
  const sieve = createSieve()
  const again = (id: number): number => sieve([createCallLog({ id })]).length
  expect(sieve(calls(100_000))).toHaveLength(100_000)
  expect(again(0)).toBe(0)
  expect(again(100_000)).toBe(1)
  expect([again(1), again(0)]).toEqual([0, 1])
})
