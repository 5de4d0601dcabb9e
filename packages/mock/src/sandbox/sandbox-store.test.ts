import type { CallLog } from '@cekura-kit/types'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { assistantOfStranger, assistants } from './assistant-share.ts'
import { createDataset } from './dataset.ts'
import { createSandboxStore } from './sandbox-store.ts'

const span = {
  startMs: Date.parse('2025-01-01T00:00:00Z'),
  endMs: Date.parse('2025-02-01T00:00:00Z'),
}
const everything = { agentId: 2142 }

const newestFirst = (a: CallLog, b: CallLog): number =>
  Date.parse(b.timestamp) - Date.parse(a.timestamp) || b.id - a.id

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
  const indexes = Array.from({ length: options.rows }, (_, n) => options.rows - 1 - n)
  fc.assert(
    fc.property(
      fc.integer({ min: span.startMs, max: span.endMs + 4 * 86_400_000 }),
      fc.nat({ max: 2999 }),
      (now, offset) => {
        store.setClock(now)
        const there = indexes.filter((index) => set.createdAt(index) <= now)
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
