import { apiKeyHeader, operationDescriptors, type CallLogPage } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import type { Fault } from './fault.ts'
import type { SandboxOptions } from './sandbox-options.ts'
import { createSandbox } from './sandbox.ts'

const path = operationDescriptors['callLogs.list'].path

/** A sandbox without a listener. */
function start(options: SandboxOptions = {}) {
  const sandbox = createSandbox({
    ...options,
    publicUrl: ({ hostname }) => `https://${hostname}.test`,
  })
  const ask = (query: Record<string, string | number> = {}, key = 'k') =>
    sandbox.app.request(
      `${path}?${new URLSearchParams({ agent_id: '2142', ...query } as Record<string, string>)}`,
      { headers: { [apiKeyHeader]: key } },
    ) as Promise<Response>
  const page = async (query?: Record<string, string | number>) =>
    (await (await ask(query)).json()) as CallLogPage
  return { ...sandbox, ask, page }
}
const idsOf = ({ results }: CallLogPage): number[] => results.map(({ id }) => id)

const linkTo = (rest: string): string => `https://localhost.test${path}?agent_id=2142${rest}`
test.each([
  { query: {}, next: '&page=2', previous: undefined },
  { query: { page: 1 }, next: '&page=2', previous: undefined },
  { query: { page: 2 }, next: '&page=3', previous: '' },
  { query: { page: 3 }, next: undefined, previous: '&page=2' },
  { query: { page_size: 30, page: 2 }, next: undefined, previous: '&page_size=30' },
  { query: { call_ids: 1 }, next: undefined, previous: undefined },
])('of sixty calls $query leads on to $next and back to $previous', async (row) => {
  const { next, previous } = await start({ rows: 60 }).page(row.query)
  const want = [row.next, row.previous].map((rest) => (rest === undefined ? null : linkTo(rest)))
  expect([next, previous]).toEqual(want)
})

const refusing: Partial<SandboxOptions> = { rows: 60, guesses: { unknownAgent: 403 } }
test.each([
  {
    what: 'no key',
    key: '',
    want: [401, { detail: 'Authentication credentials were not provided.' }],
  },
  { what: 'a page past the end', query: { page: 4 }, want: [404, { detail: 'Invalid page.' }] },
  { what: 'an unknown agent', query: { agent_id: 9 }, want: [403, { detail: 'No such agent.' }] },
])('$what is refused in the words of the framework', async ({ query, key, want }) => {
  const response = await start(refusing).ask(query, key)
  expect([response.status, await response.json()]).toEqual(want)
})

test('the agents of the sandbox are known, and any other has no calls where that is the guess', async () => {
  const strict = start(refusing)
  for (const agent_id of [2142, 2143]) expect((await strict.ask({ agent_id })).status).toBe(200)
  expect(await start({ rows: 60 }).page({ agent_id: 9 })).toEqual({
    count: 0,
    next: null,
    previous: null,
    results: [],
  })
})

test.each<{ fault: Fault; body: object; retryAfter: string | null }>([
  { fault: { status: 400 }, body: { agent_id: ['Scripted fault.'] }, retryAfter: null },
  { fault: { status: 500 }, body: { detail: 'Scripted fault.' }, retryAfter: null },
  { fault: { status: 429, retryAfter: 0 }, body: { detail: 'Scripted fault.' }, retryAfter: '0' },
])('the fault $fault is answered with $body', async ({ fault, body, retryAfter }) => {
  const { ask, setFaults } = start()
  setFaults([fault])
  const response = await ask()
  expect([response.status, response.headers.get('retry-after')]).toEqual([fault.status, retryAfter])
  expect(await response.json()).toEqual(body)
})

test('what is over the rate is told when to come again, the bucket full whenever it is set', async () => {
  const { ask, clock, setRateLimit } = start()
  clock().advance(90_000)
  setRateLimit({ burst: 1, perMinute: 1 })
  expect((await ask()).status).toBe(200)
  const response = await ask()
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60'])
  expect(await response.json()).toEqual({
    detail: 'Request was throttled. Expected available in 60 seconds.',
  })
})

test('the journal says what spoiled an answer, and no key', async () => {
  const { ask, setFaults, setRateLimit, journal } = start()
  await ask()
  setFaults([{ count: 3 }, { status: 500 }])
  for (let n = 0; n < 2; n++) await ask()
  setRateLimit({ burst: 1, perMinute: 1 })
  for (let n = 0; n < 2; n++) await ask()
  const query = { agent_id: '2142' }
  expect(journal()).toEqual([
    { query, status: 200 },
    { query, status: 200, by: 'fault' },
    { query, status: 500, by: 'fault' },
    { query, status: 200 },
    { query, status: 429, by: 'rate-limit' },
  ])
})

test('an answer takes as long as the sandbox and the fault say, together', async () => {
  const { ask, setFaults } = start({ latencyMs: 30 })
  setFaults([{ latencyMs: 30 }])
  const began = performance.now()
  await ask()
  const between = performance.now()
  await ask()
  expect(between - began).toBeGreaterThan(55)
  expect(performance.now() - between).toBeGreaterThan(25)
})

test.each([
  { shrink: 45, kept: 15 },
  { shrink: 60, kept: 0 },
  { shrink: 999, kept: 0 },
])('a list that shrinks by $shrink keeps its newest $kept', async ({ shrink, kept }) => {
  const { page, setFaults } = start({ rows: 60 })
  const all = idsOf(await page({ page_size: 60 }))
  setFaults([{ shrink }])
  expect(idsOf(await page({ page_size: 60 }))).toEqual(all.slice(0, kept))
})

test('a call that is under way cannot be changed before it is recorded', async () => {
  const { page, update, clock } = start({ rows: 60, clock: '2025-01-15T12:00:00Z' })
  const { results } = await start({ rows: 60 }).page()
  const last = results[0]!.id
  expect(update(last, { topic: 'changed' })).toBe(false)
  clock().move({ now: null })
  expect(update(last, { topic: 'changed' })).toBe(true)
  expect((await page()).results[0]).toMatchObject({ id: last, topic: 'changed' })
})

test('an option that cannot be is told before anything is started', () => {
  expect(() => start({ rows: -1 })).toThrow(/^Cannot start the mock: rows is -1;/)
})

test('a defect is no answer, and no refusal', async () => {
  const { app, journal } = createSandbox({
    publicUrl: () => {
      throw new Error('A defect')
    },
  })
  app.onError((error) => {
    throw error
  })
  const headers = { [apiKeyHeader]: 'k' }
  await expect(app.request(`${path}?agent_id=2142`, { headers })).rejects.toThrow('A defect')
  expect(journal()).toEqual([])
})
