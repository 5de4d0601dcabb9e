import { statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFolder } from './export.test-helper.ts'
import { dayMs, openLedger, type Ledger, type LedgerRow, type WindowRead } from './ledger.ts'

const start = Date.parse('2025-01-01T00:00:00Z')
let folder: ReturnType<typeof createFolder>
let ledger: Ledger
beforeEach(() => {
  folder = createFolder()
  ledger = openLedger(folder.at('state'))
})
afterEach(() => {
  ledger[Symbol.dispose]()
  folder[Symbol.dispose]()
})

const row = (id: number | bigint, version = 0, timestamp = start): LedgerRow => ({
  id,
  timestamp,
  updatedAt: start + version,
  json: `{"id":${id},"v":${version}}`,
})
const read = (rows: LedgerRow[], change: Partial<WindowRead> = {}): WindowRead => ({
  rows,
  quarantined: [],
  readAt: start,
  stable: true,
  closed: true,
  ...change,
})
const day = (number: number) => ({
  start: start + number * dayMs,
  end: start + (number + 1) * dayMs,
})
const stored = (): string[] => [...ledger.calls()].map(([, json]) => json)

test('the newest version of a call stays, whatever the order it comes in', () => {
  ledger.commit(day(0), read([row(1, 5)]))
  ledger.commit(day(1), read([row(1, 3)]))
  expect(stored()).toEqual(['{"id":1,"v":5}'])
  ledger.commit(day(2), read([row(1, 9, day(2).start)]))
  expect(stored()).toEqual(['{"id":1,"v":9}'])
})

test('a version without a time of its own replaces what is there', () => {
  ledger.commit(day(0), read([row(1, 5)]))
  ledger.commit(day(1), read([{ ...row(1, 1), updatedAt: null }]))
  expect(stored()).toEqual(['{"id":1,"v":1}'])
})

test('calls that come newest first take little more room than their JSON', () => {
  const json = 'x'.repeat(600)
  for (let window = 0; window < 30; window++) {
    const rows = Array.from({ length: 100 }, (_, at) => ({ ...row(window * 100 + 100 - at), json }))
    ledger.commit(day(window), read(rows))
  }
  ledger[Symbol.dispose]()
  const { size } = statSync(folder.at('state'))
  ledger = openLedger(folder.at('state'))
  expect(size / (30 * 100 * json.length)).toBeLessThan(1.3)
})

test('ids beyond 2^53 stay apart', () => {
  ledger.commit(day(0), read([row(2n ** 53n + 1n), row(2n ** 53n)]))
  expect([...ledger.calls()].map(([id]) => id)).toEqual([2n ** 53n, 2n ** 53n + 1n])
})

test('a window that fails to be stored leaves neither its calls nor its mark', () => {
  ledger.commit(day(0), read([row(1)]))
  // The mark is there already.
  expect(() => ledger.commit(day(0), read([row(2)]))).toThrow('UNIQUE')
  expect(stored()).toEqual(['{"id":1,"v":0}'])
})

test('a pass counts what is new, changed and unchanged, each call once', () => {
  ledger.commit(day(0), read([row(1), row(2), row(3)]))
  expect(ledger.tally()).toEqual({ new: 3, changed: 0, unchanged: 0, gone: 0 })
  ledger.beginPass(day(1).end, start)
  ledger.commit(day(0), read([row(1), row(2, 7), row(4)]))
  ledger.commit(day(1), read([row(1), row(2, 7)]))
  expect(ledger.tally()).toEqual({ new: 1, changed: 1, unchanged: 1, gone: 0 })
})

test('only what a settled, stable window was read for again without finding it is missing', () => {
  const calls = [0, 1, 2, 3].map((number) => row(number, 0, day(number).start))
  for (const [number, call] of calls.entries()) ledger.commit(day(number), read([call]))
  expect(ledger.missing()).toEqual([])
  // The fourth day is not read again.
  ledger.beginPass(day(3).end, start)
  ledger.commit(day(0), read([]))
  ledger.commit(day(1), read([], { stable: false }))
  ledger.commit(day(2), read([], { closed: false }))
  expect(ledger.missing()).toEqual([{ id: 0, timestamp: start }])
  ledger.bury([0], '2025-02-01T00:00:00.000Z', false)
  expect(ledger.tally().gone).toBe(1)
  expect(ledger.missing()).toEqual([])
  expect([...ledger.calls()].map(([, , deletedAt]) => deletedAt)).toEqual([
    '2025-02-01T00:00:00.000Z',
    null,
    null,
    null,
  ])
})

test('a call that comes back is not gone any more', () => {
  ledger.commit(day(0), read([row(1)]))
  ledger.bury([1], 'then', false)
  ledger.beginPass(day(0).end, start)
  ledger.commit(day(0), read([row(1)]))
  expect([...ledger.calls()][0]![2]).toBeNull()
  expect(ledger.tally().changed).toBe(1)
})

test('a call that moves makes both its days dirty, and an unchanged one none', () => {
  ledger.commit(day(0), read([row(1), row(2)]))
  ledger.wrote(start, [])
  expect(ledger.dirtyDays()).toEqual([])
  ledger.beginPass(day(1).end, start)
  ledger.commit(day(0), read([row(2)]))
  expect(ledger.dirtyDays()).toEqual([])
  ledger.commit(day(1), read([row(1, 4, day(1).start)]))
  expect(ledger.dirtyDays()).toEqual([day(0).start, day(1).start])
})

test('rows in quarantine go when their window is read again', () => {
  const bad = { reason: 'id is no integer', json: '{"id":"x"}' }
  ledger.commit(day(0), read([], { quarantined: [bad] }))
  expect([...ledger.quarantined()]).toEqual([bad])
  ledger.beginPass(day(0).end, start)
  ledger.commit(day(0), read([]))
  expect(ledger.counts().quarantined).toBe(0)
})
