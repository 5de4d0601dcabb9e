import type { CallLog } from '@cekura-kit/types'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { assistantOfStranger, assistants } from './assistant-share.ts'
import { createDataset } from './dataset.ts'
import { createSandboxStore, type Filter } from './sandbox-store.ts'

const span = {
  startMs: Date.parse('2025-01-01T00:00:00Z'),
  endMs: Date.parse('2025-02-01T00:00:00Z'),
}
const everything = { agentId: 2142 }

const newestFirst = (a: CallLog, b: CallLog): number =>
  Date.parse(b.timestamp) - Date.parse(a.timestamp) || b.id - a.id

const create = (rows = 40) => createSandboxStore({ seed: 4, rows, ...span })
const idsOf = ({ results }: { results: readonly CallLog[] }): number[] =>
  results.map(({ id }) => id)
const timeOf = ({ timestamp }: CallLog): number => Date.parse(timestamp)

test('the second agent has an eighth of the calls, of its own, and any other none', () => {
  const { select } = create(41)
  const [first, second, other] = [2142, 2143, 9].map((agentId) => select({ agentId }, 0, 100))
  expect([first!.count, second!.count]).toEqual([41, 6])
  for (const { agent } of second!.results) expect(agent).toBe(2143)
  expect(other).toEqual({ count: 0, results: [] })
})

const between =
  (oldest: number, newest: number) =>
  (known: CallLog[]): Filter => ({
    ...everything,
    fromMs: timeOf(known[oldest]!),
    toMs: timeOf(known[newest]!),
  })
const someIds = (known: CallLog[]): Filter => {
  const idAt = (n: number): number => known[n]!.id
  const ids = [idAt(20), 900_000_001, idAt(3), idAt(5), idAt(4), 1, idAt(20), idAt(9), 123, idAt(8)]
  return { ...everything, ids }
}

/** A store with changes of each kind, and what it holds, newest first. */
function createChanged() {
  const store = create()
  const all = store.select(everything, 0, 40).results
  const took = new Map(
    assistants.flatMap((assistantId) =>
      idsOf(store.select({ ...everything, assistantId }, 0, 40)).map((id) => [id, assistantId]),
    ),
  )
  store.remove([all[3]!.id])
  store.update(all[5]!.id, { topic: 'changed' })
  const inserted = [
    { ...all[8]!, id: 900_000_001 },
    { ...all[9]!, id: 1 },
    { ...all[0]!, id: 900_000_009, agent: 9 },
  ]
  store.insert(inserted)
  const changed = { ...all[5]!, topic: 'changed' }
  const held = [...all.toSpliced(5, 1, changed).toSpliced(3, 1), ...inserted].toSorted(newestFirst)
  const want = ({ agentId, fromMs = 0, toMs = Infinity, ids, assistantId }: Filter): CallLog[] =>
    held
      .filter(({ agent }) => agent === agentId)
      .filter((call) => timeOf(call) >= fromMs && timeOf(call) <= toMs)
      .filter(({ id }) => ids === undefined || ids.includes(id))
      .filter(
        ({ id }) =>
          assistantId === undefined || (took.get(id) ?? assistantOfStranger(id)) === assistantId,
      )
  return { store, all, want }
}

test.each<[what: string, count: number, filter: (known: CallLog[]) => Filter]>([
  ['everything', 41, () => everything],
  ['another agent', 1, () => ({ agentId: 9 })],
  ['a list of ids', 7, someIds],
  ['no id', 0, () => ({ ...everything, ids: [] })],
  ['a range that ends with written calls', 7, between(9, 5)],
  ['a range that ends with computed calls', 9, between(10, 4)],
  ['a range that ends before it begins', 0, between(4, 10)],
  [
    'ids in a range that ends with some',
    4,
    (known) => ({ ...someIds(known), ...between(8, 4)(known) }),
  ],
  [
    'ids in a range that ends beside some',
    1,
    (known) => ({ ...someIds(known), ...between(7, 5)(known) }),
  ],
  ['ids of an assistant', 2, (known) => ({ ...someIds(known), assistantId: assistants[1] })],
  ['an assistant', 12, () => ({ ...everything, assistantId: assistants[1] })],
  ['an assistant that there is not', 0, () => ({ ...everything, assistantId: 'nobody' })],
])('%s gives %i calls of written and computed ones, from both ends', (_, count, filterOf) => {
  const { store, all, want } = createChanged()
  const filter = filterOf(all)
  const found = want(filter)
  expect(found).toHaveLength(count)
  for (let offset = 0; offset <= count + 1; offset++) {
    const slice = (calls: CallLog[]) => ({ count, results: calls.slice(offset, offset + 4) })
    expect(store.select(filter, offset, 4)).toEqual(slice(found))
    expect(store.select(filter, offset, 4, 'oldest-first')).toEqual(slice(found.toReversed()))
  }
})

test('a call is there from the instant it is recorded, and can be changed from then on', () => {
  const set = createDataset({ seed: 4, rows: 40, agentId: 2142, ...span })
  for (const index of [0, 17, 39]) {
    const id = set.idAt(index)
    const created = set.createdAt(index)
    for (const [now, isThere] of [
      [set.timeAt(index), false],
      [created - 1, false],
      [created, true],
      [undefined, true],
    ] as const) {
      const store = create()
      store.setClock(now)
      expect(idsOf(store.select(everything, 0, 40)).includes(id)).toBe(isThere)
      expect(store.select({ ...everything, ids: [id] }, 0, 1).count).toBe(isThere ? 1 : 0)
      expect(store.update(id, { topic: 'changed' })).toBe(isThere)
    }
  }
})

test('a change says whether there was such a call, and leaves its id alone', () => {
  const { select, update, remove } = create()
  const [ours, gone] = idsOf(select(everything, 0, 2))
  const [theirs] = idsOf(select({ agentId: 2143 }, 0, 1))
  remove([gone!])
  const found = [ours!, theirs!, gone!, 123].map((id) => update(id, { id: 5, topic: 'changed' }))
  expect(found).toEqual([true, true, false, false])
  for (const agentId of [2142, 2143])
    expect(select({ agentId }, 0, 1).results).toMatchObject([
      { id: agentId === 2142 ? ours : theirs, topic: 'changed' },
    ])
})

test('what was written is put in order once, not for each request', () => {
  const { select, insert, setClock } = create()
  let reads = 0
  const { timestamp, ...rest } = select(everything, 0, 1).results[0]!
  const written = (id: number): CallLog => ({
    ...rest,
    id,
    get timestamp() {
      reads++
      return timestamp
    },
  })
  insert([1, 2, 3, 4].map(written))
  const [first, second] = [1, 2].map(() => {
    reads = 0
    setClock(span.endMs)
    select(everything, 0, 10)
    return reads
  })
  expect(second).toBeLessThan(first!)
})

test('pages of a changed store are slices of all its calls in order', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          kind: fc.constantFrom('insert', 'update', 'move', 'delete'),
          row: fc.nat({ max: 39 }),
          other: fc.nat({ max: 39 }),
        }),
        { maxLength: 25 },
      ),
      fc.nat({ max: 45 }),
      fc.nat({ max: 12 }),
      (changes, offset, limit) => {
        const store = createSandboxStore({ seed: 4, rows: 40, ...span })
        const start = store.select(everything, 0, 40).results
        const [assistant] = assistants
        const took = new Set(
          store
            .select({ ...everything, assistantId: assistant }, 0, 40)
            .results.map(({ id }) => id),
        )
        const isTaken = ({ id }: CallLog): boolean =>
          start.some((call) => call.id === id)
            ? took.has(id)
            : assistantOfStranger(id) === assistant
        const model = new Map(start.map((call) => [call.id, call]))
        for (const [n, { kind, row, other }] of changes.entries()) {
          const { id } = start[row]!
          const { timestamp } = start[other]!
          if (kind === 'delete') {
            store.remove([id])
            model.delete(id)
          } else if (kind === 'insert') {
            // At an instant that another call has.
            const call = { ...start[row]!, id: n % 2 ? 900_000_000 + n : n + 1, timestamp }
            store.insert([call])
            model.set(call.id, call)
          } else {
            const change = kind === 'move' ? { timestamp } : { topic: 'changed' }
            expect(store.update(id, change)).toBe(model.has(id))
            if (model.has(id)) model.set(id, { ...model.get(id)!, ...change })
          }
        }
        const all = [...model.values()].sort(newestFirst)
        expect(store.select(everything, offset, limit)).toEqual({
          count: all.length,
          results: all.slice(offset, offset + limit),
        })
        expect(store.select(everything, offset, limit, 'oldest-first')).toEqual({
          count: all.length,
          results: all.toReversed().slice(offset, offset + limit),
        })
        const taken = all.filter(isTaken)
        expect(store.select({ ...everything, assistantId: assistant }, offset, limit)).toEqual({
          count: taken.length,
          results: taken.slice(offset, offset + limit),
        })
        const [fromMs, toMs] = [Date.parse('2025-01-08'), Date.parse('2025-01-22')]
        const within = all.filter(({ timestamp }) => {
          const time = Date.parse(timestamp)
          return time >= fromMs && time <= toMs
        })
        expect(store.select({ ...everything, fromMs, toMs }, offset, limit)).toEqual({
          count: within.length,
          results: within.slice(offset, offset + limit),
        })
      },
    ),
    { numRuns: 300 },
  )
})

test('a page of ten million changed rows looks at its own rows and no others', () => {
  const rows = 10_000_000
  const store = createSandboxStore({ seed: 1, rows, ...span })
  const [newest, second] = store.select(everything, 0, 2).results
  store.remove([newest!.id])
  store.update(second!.id, { topic: 'changed' })
  store.insert([{ ...newest!, id: 999_999_999, timestamp: '2025-01-15T12:00:00Z' }])
  // Linear work on so many rows would take minutes and gigabytes.
  for (let n = 0; n < 200; n++) {
    const { count, results } = store.select(everything, n * 40_000, 100)
    expect([count, results.length]).toEqual([rows, 100])
  }
  expect(store.select(everything, 0, 1).results).toMatchObject([{ topic: 'changed' }])
})

test('one assistant of ten million calls is paged at once, from both ends and in a range', () => {
  const store = createSandboxStore({ seed: 1, rows: 10_000_000, ...span })
  const [newest] = store.select(everything, 0, 1).results
  store.update(newest!.id, { topic: 'changed' })
  const range = { fromMs: Date.parse('2025-01-08'), toMs: Date.parse('2025-01-22') }
  // A look at each row would take minutes.
  for (let n = 0; n < 200; n++) {
    const own = { ...everything, assistantId: assistants[n % 2]! }
    const { count, results } = store.select(own, n * 10_000, 100)
    expect([count, results.length]).toEqual([n % 2 ? 3_000_000 : 7_000_000, 100])
    expect(store.select({ ...own, ...range }, n * 1000, 100).results).toHaveLength(100)
  }
})

test('at an instant the store holds what had been recorded, judged and reviewed by then', () => {
  const options = { seed: 5, rows: 3000, ...span }
  const set = createDataset({ ...options, agentId: 2142 })
  const store = createSandboxStore(options)
  const newest = options.rows - 1
  const recorded = Array.from({ length: options.rows }, (_, n) => set.createdAt(newest - n))
  fc.assert(
    fc.property(
      fc.integer({ min: span.startMs, max: span.endMs + 4 * 86_400_000 }),
      fc.nat({ max: 2999 }),
      (now, offset) => {
        store.setClock(now)
        const there = recorded.flatMap((created, n) => (created <= now ? [newest - n] : []))
        const { count, results } = store.select(everything, offset, 20)
        expect(count).toBe(there.length)
        expect(results).toEqual(there.slice(offset, offset + 20).map((n) => set.at(n, now)))
        for (const call of results) {
          expect(Date.parse(call.updated_at!)).toBeLessThanOrEqual(now)
          if (!call.is_reviewed) expect(call.feedback).toBe('')
        }
      },
    ),
    { numRuns: 60 },
  )
})
