import type { CallLog } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { checkChurnPlan, createChurn } from './churn.ts'
import { createSandboxStore } from './sandbox-store.ts'
import { createSandboxWrites, type SandboxWrites } from './sandbox-writes.ts'

const span = {
  startMs: Date.parse('2025-01-01T00:00:00Z'),
  endMs: Date.parse('2025-02-01T00:00:00Z'),
}
const agentId = 2142

function start(rows = 20) {
  const store = createSandboxStore({ seed: 1, rows, ...span })
  const writes = createSandboxWrites(store)
  const all = (): CallLog[] => store.select({ agentId }, 0, 1000).results
  return { store, writes, all }
}
const later = (text?: string): string =>
  new Date(Date.parse(text!) + 1000).toISOString().replace('.000Z', 'Z')
const timeOf = ({ timestamp }: CallLog): number => Date.parse(timestamp)

test('a newest call is a copy of the one before it, later, with an id and times of its own', () => {
  const { writes, all } = start()
  const [newest] = all()
  expect(writes.insertNewest(agentId, 1000)).toEqual([2_100_000_001])
  expect(writes.count(agentId)).toBe(21)
  expect(all()[0]).toEqual({
    ...newest,
    id: 2_100_000_001,
    call_id: 'call_yqaadd',
    timestamp: later(newest!.timestamp),
    created_at: later(newest!.created_at),
    updated_at: later(newest!.updated_at),
  })
  expect(writes.insertNewest(agentId, 1000)).toEqual([2_100_000_002])
})

test('a call that control inserted with little is copied with as little', () => {
  const { writes, all, store } = start()
  const bare = {
    id: 5,
    call_id: 'x',
    timestamp: '2025-03-01T00:00:00Z',
    status: 'success',
  } as const
  store.insert([{ ...bare, agent: agentId }])
  expect(writes.insertNewest(agentId, 1000)).toEqual([2_100_000_001])
  expect(all()[0]).toEqual({
    ...bare,
    agent: agentId,
    id: 2_100_000_001,
    call_id: 'call_yqaadd',
    timestamp: '2025-03-01T00:00:01Z',
  })
})

test('a late call lies between the oldest and the newest, as far as its unit says', () => {
  const { writes, all } = start()
  const calls = all()
  const [newest, oldest] = [timeOf(calls[0]!), timeOf(calls.at(-1)!)]
  for (const [n, unit] of [0, 0.25, 0.999].entries()) {
    const [id] = writes.insertLate(agentId, unit)
    const call = all().find((one) => one.id === id)!
    expect(id).toBe(2_100_000_001 + n)
    expect(timeOf(call)).toBe(Math.floor(oldest + unit * (newest - oldest)))
  }
})

test('calls go from a rank on, newest first, and their ids are told', () => {
  const { writes, all } = start()
  const ids = all().map(({ id }) => id)
  expect(writes.remove(agentId, 3, 2)).toEqual([ids[3], ids[4]])
  expect(all().map(({ id }) => id)).toEqual(ids.toSpliced(3, 2))
  expect(writes.remove(agentId, 99, 2)).toEqual([])
})

test('a review is by a person, an hour after the newest call, and happens once', () => {
  const { writes, all, store } = start(60)
  const calls = all()
  const at = (success: boolean | null) =>
    calls.findIndex((call) => call.success === success && !call.is_reviewed)
  const updated = new Date(timeOf(calls[0]!) + 3_600_000).toISOString().replace('.000Z', 'Z')
  store.update(calls[at(false)]!.id, { success: null })
  for (const [rank, success] of [
    [at(true), true],
    [at(false), false],
  ] as const) {
    expect(writes.review(agentId, rank)).toEqual([calls[rank]!.id])
    expect(all()[rank]).toMatchObject({
      is_reviewed: true,
      success,
      status: success ? 'reviewed_success' : 'reviewed_failure',
      feedback: 'Reviewed later.',
      updated_at: updated,
    })
    expect(writes.review(agentId, rank)).toEqual([])
  }
})

test('nothing comes of nothing', () => {
  const { writes } = start(0)
  expect(writes.insertNewest(agentId, 1)).toEqual([])
  expect(writes.insertLate(agentId, 0.5)).toEqual([])
  expect(writes.review(agentId, 0)).toEqual([])
  expect(writes.count(agentId)).toBe(0)
})

test('one call alone has a late one at its own instant', () => {
  const { writes, all } = start(1)
  writes.insertLate(agentId, 0.5)
  expect(all().map(timeOf)).toEqual([timeOf(all()[0]!), timeOf(all()[0]!)])
})

test.each([
  [null, null],
  [{}, { seed: 1, perPage: 1 }],
  [
    { seed: 0, perPage: 10_000 },
    { seed: 0, perPage: 10_000 },
  ],
])('the churn plan %j is %j', (plan, want) => {
  expect(checkChurnPlan(plan)).toEqual(want)
})

test.each([
  [{ seed: -1 }, 'Cannot churn: seed is -1; give a whole number from 0 to 9007199254740991'],
  [{ perPage: 10_001 }, 'Cannot churn: perPage is 10001; give a whole number from 1 to 10000'],
  [{ page: 1 }, 'Cannot churn: there is no "page"; give some of seed, perPage'],
])('the churn plan %j is refused', (plan, message) => {
  expect(() => checkChurnPlan(plan)).toThrow(message)
})

/** What a thousand pages of churn ask for, without a store. */
function churnOf(seed: number, perPage = 1) {
  const asked: string[] = []
  const told =
    (kind: string) =>
    (...args: number[]): number[] => {
      asked.push([kind, ...args].join(' '))
      return [asked.length]
    }
  const writes = {
    count: () => 100,
    insertNewest: told('insertNewest'),
    insertLate: told('insertLate'),
    remove: told('remove'),
    review: told('review'),
  } as unknown as SandboxWrites
  const churn = createChurn({ seed, perPage }, writes)
  for (let page = 0; page < 1000; page++) churn.afterPage(agentId)
  return { asked, tally: churn.tally }
}

test('churn inserts, deletes, swaps and reviews by its weights, all over the list', () => {
  const { asked, tally } = churnOf(1)
  const { inserted, late, deleted, reviewed, pages } = tally
  expect(pages).toBe(1000)
  // Of twelve: four and a swap insert, two come late, two and a swap delete, three review.
  for (const [kind, ids, share] of [
    ['insertNewest', inserted, 5],
    ['insertLate', late, 2],
    ['remove', deleted, 3],
    ['review', reviewed, 3],
  ] as const) {
    expect(ids).toEqual(
      asked.flatMap((what, n) => (what.startsWith(`${kind} ${agentId} `) ? [n + 1] : [])),
    )
    expect(Math.abs(ids.length - (1000 * share) / 12)).toBeLessThan(60)
  }
  const ranks = asked
    .filter((what) => what.startsWith('re'))
    .map((what) => Number(what.split(' ')[2]))
  expect([Math.min(...ranks) < 5, Math.max(...ranks) > 94]).toEqual([true, true])
  const longest = asked.map((what) => Number(/^insertNewest \d+ (\d+)/.exec(what)?.[1] ?? 0))
  expect(Math.max(...longest)).toBeGreaterThan(58_000)
  for (const what of asked) {
    const [kind, , first, second] = what.split(' ')
    if (kind === 'remove') expect(second).toBe('1')
    if (kind === 'insertLate') expect(Number(first)).toBeLessThan(1)
    if (kind !== 'insertNewest') continue
    expect(Number(first)).toBeGreaterThanOrEqual(1000)
    expect(Number(first)).toBeLessThan(61_000)
  }
})

test('churn is of its seed, and does so many changes a page', () => {
  expect(churnOf(2).asked).toEqual(churnOf(2).asked)
  expect(churnOf(2).asked).not.toEqual(churnOf(3).asked)
  // As each release does it.
  expect(churnOf(2).asked.slice(0, 5)).toEqual([
    'insertLate 2142 0.9760207103099674',
    'remove 2142 98 1',
    'review 2142 99',
    'review 2142 72',
    'remove 2142 33 1',
  ])
  const { asked, tally } = churnOf(2, 3)
  expect(tally.pages).toBe(1000)
  expect(asked.length).toBeGreaterThan(3000)
})
