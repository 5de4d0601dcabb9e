import { apiKeyHeader, operationDescriptors, type CallLogPage } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createControl } from '../control.ts'
import { createSandboxControl } from './sandbox-control.ts'
import type { SandboxOptions } from './sandbox-options.ts'
import { createSandbox } from './sandbox.ts'

interface Asked {
  query?: Record<string, string | number>
  fault?: string
  key?: string
}

/** A sandbox and its control, without a listener. */
function start(options: SandboxOptions = {}) {
  const sandbox = createSandbox({ ...options, publicUrl: () => 'http://mock.test' })
  const control = createControl({
    setTransportFaults: () => {},
    violations: () => [],
    async reset(change) {
      sandbox.reset(change)
    },
    sandbox: createSandboxControl(sandbox),
  })
  const ask = async ({ query = {}, fault, key = 'k' }: Asked = {}) =>
    sandbox.app.request(
      `${operationDescriptors['callLogs.list'].path}?${new URLSearchParams({ agent_id: '2142', ...query } as Record<string, string>)}`,
      {
        headers: { [apiKeyHeader]: key, ...(fault !== undefined && { 'X-Sandbox-Fault': fault }) },
      },
    )
  const page = async (query: Asked['query'] = {}) =>
    (await (await ask({ query })).json()) as CallLogPage
  const post = async (path: string, body: unknown) =>
    control.request(path, { method: 'POST', body: JSON.stringify(body) })
  const read = async (path: string): Promise<unknown> => (await control.request(path)).json()
  return { ask, page, post, read }
}

const written = { id: 999_999_999, timestamp: '2025-03-01T00:00:00Z' }
const statusesOf = (responses: Response[]) => responses.map(({ status }) => status)
const reviewedOf = ({ results }: CallLogPage) => results.filter((call) => call.is_reviewed).length
const sorted = (ids: number[]) => ids.toSorted((a, b) => a - b)
const idsOf = ({ results }: CallLogPage) => results.map(({ id }) => id)

test('scripted faults hit the requests they name, and no others', async () => {
  const { ask, post, read } = start()
  await post('/faults', [{ after: 1, times: 2, status: 500 }, { status: 403 }])
  await ask({ key: '' })
  const seen = []
  for (let n = 0; n < 5; n++) seen.push(await ask())
  expect(statusesOf(seen)).toEqual([200, 500, 500, 403, 200])
  const journal = (await read('/requests')) as { by?: string }[]
  const plain = undefined
  expect(journal.map(({ by }) => by)).toEqual([plain, plain, 'fault', 'fault', 'fault', plain])
})

test.each([
  { retryAfter: 7, text: '7' },
  { retryAfter: '2025-01-15T12:00:07Z', text: 'Wed, 15 Jan 2025 12:00:07 GMT' },
])('Retry-After of $retryAfter is "$text"', async ({ retryAfter, text }) => {
  const { ask, post } = start()
  await post('/faults', [{ status: 429, retryAfter }])
  const response = await ask()
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, text])
  const byHeader = await ask({ fault: `status=429; retryAfter=${retryAfter}` })
  expect([byHeader.status, byHeader.headers.get('retry-after')]).toEqual([429, text])
})

test('a fault in the header is for that request alone, and leaves the script where it was', async () => {
  const { ask, post } = start()
  await post('/faults', [{ status: 403 }])
  const responses = [await ask({ fault: 'status=500' }), await ask(), await ask()]
  expect(statusesOf(responses)).toEqual([500, 403, 200])
})

test.each([
  ['500', /write "status=429; retryAfter=7"/],
  ['status=302', /status is 302; give a whole number from 400 to 599/],
  ['count=-1', /count is -1; give a whole number from 0/],
  ['explode=1', /no "explode"; give some of status, retryAfter, count/],
  ['status=500; times=3', /leave out after and times/],
])('the header "%s" is refused with what to write', async (fault, want) => {
  const { ask } = start()
  const response = await ask({ fault })
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ 'x-sandbox-fault': [expect.stringMatching(want)] })
})

test.each([0, 3, 500_000])('count can say %i, whatever there is', async (count) => {
  const { ask, page } = start({ rows: 60 })
  const { count: _, ...truth } = await page({ page: 2 })
  const spoiled = await ask({ query: { page: 2 }, fault: `count=${count}` })
  expect(await spoiled.json()).toEqual({ count, ...truth })
})

test('the list drifts between pages: newer calls repeat rows, deleted ones leave a gap', async () => {
  const { page, post } = start({ rows: 60 })
  const all = idsOf(await page({ page_size: 60 }))
  await post('/faults', [{ after: 1, drift: 2 }])
  await page()
  const second = await page({ page: 2 })
  expect(second.count).toBe(62)
  expect(idsOf(second)).toEqual(all.slice(18, 38))
  await post('/reset', {})
  await post('/faults', [{ after: 1, drift: -2 }])
  await page()
  expect(idsOf(await page({ page: 2 }))).toEqual(all.slice(22, 42))
  expect((await page()).results[0]!.id).toBe(all[2])
})

test('the list shrinks in the middle of a walk, and the next page is not there any more', async () => {
  const { ask, post } = start({ rows: 60 })
  await post('/faults', [{ after: 1, shrink: 45 }])
  const pages = [await ask(), await ask({ query: { page: 2 } }), await ask({ query: { page: 1 } })]
  expect(statusesOf(pages)).toEqual([200, 404, 200])
  expect(((await pages[2]!.json()) as CallLogPage).count).toBe(15)
})

test('the rate is limited by time that only a test moves', async () => {
  const { ask, post, read } = start()
  await post('/rate-limit', { burst: 2, perMinute: 30 })
  const three = [await ask(), await ask(), await ask()]
  expect(statusesOf(three)).toEqual([200, 200, 429])
  expect(three[2]!.headers.get('retry-after')).toBe('2')
  await post('/clock', { advanceMs: 1999 })
  expect((await ask()).status).toBe(429)
  await post('/clock', { advanceMs: 1 })
  expect(statusesOf([await ask(), await ask()])).toEqual([200, 429])
  // A bucket holds no more than the burst.
  await post('/clock', { advanceMs: 3_600_000 })
  expect(statusesOf([await ask(), await ask(), await ask()])).toEqual([200, 200, 429])
  await post('/clock', { tickMs: 2000 })
  expect(statusesOf([await ask(), await ask(), await ask()])).toEqual([200, 200, 200])
  expect(await read('/requests')).toContainEqual({
    query: { agent_id: '2142' },
    status: 429,
    by: 'rate-limit',
  })
  await post('/clock', { tickMs: 0 })
  await post('/rate-limit', null)
  for (let n = 0; n < 5; n++) expect((await ask()).status).toBe(200)
})

test('calls are judged and reviewed as the clock goes on', async () => {
  const { page, post, read } = start({ rows: 400, clock: '2025-01-15T12:00:00Z' })
  const query = { page_size: 100, timestamp_to: '2025-01-15T00:00:00Z' }
  const [early, recent] = [await page(query), await page()]
  expect(recent.results.every(({ timestamp }) => timestamp <= '2025-01-15T12:00:00Z')).toBe(true)
  expect(await (await post('/clock', { advanceMs: 4 * 86_400_000 })).json()).toEqual({
    now: '2025-01-19T12:00:00.000Z',
    elapsedMs: 345_600_000,
  })
  const later = await page(query)
  expect(idsOf(later)).toEqual(idsOf(early))
  expect(reviewedOf(later)).toBeGreaterThan(reviewedOf(early))
  expect((await page()).count).toBeGreaterThan(recent.count!)
  await post('/clock', { now: null })
  expect((await page()).count).toBe(400)
  expect(await read('/clock')).toMatchObject({ now: null })
})

/** The bytes of a walk while the list churns, and what churn says it did. */
async function churnedWalk(plan: object) {
  const { ask, page, post, read } = start({ rows: 100 })
  const before = idsOf(await page({ page_size: 100 }))
  expect(await read('/churn')).toBeNull()
  await post('/churn', plan)
  let bytes = ''
  for (let number = 1; number <= 5; number++)
    bytes += await (await ask({ query: { page: number } })).text()
  const tally = (await read('/churn')) as Record<string, number[]>
  await post('/churn', null)
  return { bytes, tally, before, after: idsOf(await page({ page_size: 100 })) }
}

test('control inserts, updates and deletes calls', async () => {
  const { page, post } = start({ rows: 5 })
  const [newest, second] = (await page()).results
  const statuses = statusesOf([
    await post('/insert', [{ ...newest, ...written }]),
    await post('/update', { id: second!.id, topic: 'changed' }),
    await post('/update', { id: 1, topic: 'changed' }),
    await post('/delete', [newest!.id]),
  ])
  expect(statuses).toEqual([204, 204, 404, 204])
  const { count, results } = await page()
  expect([count, results[0], results[1]]).toMatchObject([5, written, { topic: 'changed' }])
})

test('a call whose time is changed moves to its place', async () => {
  const { page, post } = start({ rows: 5 })
  const { results } = await page()
  const timestamp = results[0]!.timestamp.replace('20', '30')
  expect((await post('/update', { id: results[4]!.id, timestamp })).status).toBe(204)
  const [first] = (await page()).results
  expect(first).toMatchObject({ id: results[4]!.id, timestamp })
})

test('churn does the same for the same seed, and other things for another', async () => {
  const [one, same, other] = await Promise.all(
    [5, 5, 6].map((seed) => churnedWalk({ seed, perPage: 6 })),
  )
  expect(same).toEqual(one)
  expect(other!.bytes).not.toBe(one!.bytes)
})

test('churn says what it did, so that a walk can be held to it', async () => {
  const { tally, before, after } = await churnedWalk({ seed: 2, perPage: 9 })
  const { pages, inserted = [], late = [], deleted = [], reviewed = [] } = tally
  expect(pages).toBe(5)
  for (const kind of [inserted, late, deleted, reviewed]) expect(kind.length).toBeGreaterThan(0)
  const gone = new Set(deleted)
  const want = [...before, ...inserted, ...late].filter((id) => !gone.has(id))
  // The page holds 100 at most; more have come than gone.
  expect(want.length - after.length).toBe(Math.max(0, want.length - 100))
  expect(sorted(want)).toEqual(expect.arrayContaining(sorted(after)))
})

test('a reset takes other calls, and the next one the first again', async () => {
  const { ask, page, post } = start({ rows: 30 })
  const text = async () => (await ask()).text()
  const first = await text()
  await post('/clock', { now: '2025-01-10T00:00:00Z' })
  await post('/rate-limit', { burst: 1, perMinute: 1 })
  await post('/churn', { perPage: 3 })
  await post('/faults', [{ times: 9, status: 500 }])
  expect((await post('/reset', { seed: 2, rows: 40 })).status).toBe(204)
  expect((await page()).count).toBe(40)
  const other = await text()
  await post('/reset', { seed: 3, rows: 40 })
  expect(await text()).not.toBe(other)
  await post('/reset', {})
  expect(await text()).toBe(first)
})

test.each([
  ['/faults', {}, /give a list/],
  ['/faults', [{ status: '500' }], /status is "500"; give a whole number from 400/],
  ['/faults', [{ status: 429, retryAfter: 'soon' }], /retryAfter is "soon"; give seconds, or/],
  ['/faults', [{ status: 500, count: 1 }], /a 500 has no page to change; leave out count/],
  ['/faults', [{ retryAfter: 1 }], /retryAfter is of a refusal; give its status/],
  ['/faults', [{ times: 0, status: 500 }], /times is 0; give a whole number from 1/],
  ['/rate-limit', { burst: 0, perMinute: 1 }, /burst is 0; give a whole number from 1/],
  ['/rate-limit', { burst: 1 }, /perMinute is undefined; give a whole number/],
  ['/clock', { now: 'noon' }, /now is "noon"; give an instant as/],
  ['/clock', { advanceMs: -1 }, /advanceMs is -1; give a whole number from 0/],
  ['/clock', { at: 1 }, /no "at"; give some of now, advanceMs, tickMs/],
  ['/churn', { perPage: 0 }, /perPage is 0; give a whole number from 1/],
  ['/churn', 5, /give an object with some of seed, perPage/],
  ['/reset', { rows: -1 }, /Cannot reset: rows is -1; give a whole number from 0/],
  ['/reset', { profile: 'x' }, /no profile "x"; give one of framework, published, contrary/],
  ['/reset', { port: 1 }, /no "port"; give some of seed, rows, profile/],
  ['/insert', {}, /^Cannot insert: give a list of call logs$/],
  ['/insert', [written, { ...written, id: 'x' }], /call 1 has no whole number as id/],
  ['/insert', [{ ...written, timestamp: 'noon' }], /call 0 has no .*, or no instant as timestamp/],
  ['/insert', [5], /call 0 has no whole number as id/],
  ['/insert', [null], /call 0 has no whole number as id/],
  ['/delete', [1, 'x'], /give a list of ids/],
  ['/delete', 1, /give a list of ids/],
  ['/update', { topic: 'x' }, /give an object with the id/],
  ['/update', null, /give an object with the id/],
  [
    '/update',
    { id: written.id, timestamp: 'noon' },
    /timestamp is "noon"; give an instant, as "20/,
  ],
  ['/update', { id: written.id, timestamp: null }, /timestamp is null; give an instant/],
])('%s %j is refused, and nothing has changed', async (path, body, want) => {
  const { ask, post } = start({ rows: 5 })
  const before = await (await ask()).text()
  const response = await post(path, body)
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ detail: expect.stringMatching(want) })
  expect(await (await ask()).text()).toBe(before)
})
