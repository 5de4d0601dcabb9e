import { dayMs } from '@cekura-kit/call-format'
import { statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFolder } from '../export.test-helper.ts'
import { ExportState } from './export-state.ts'
import { openDatabase } from './open-database.ts'
import type { StateRow, WindowRead } from './records.ts'

const start = Date.parse('2025-01-01T00:00:00Z')
let folder: ReturnType<typeof createFolder>
let state: ExportState
beforeEach(() => {
  folder = createFolder()
  state = new ExportState(openDatabase(folder.at('state')))
})
afterEach(() => {
  state[Symbol.dispose]()
  folder[Symbol.dispose]()
})

const row = (id: number, version = 0, timestamp = start): StateRow => ({
  id,
  timestamp,
  updatedAt: start + version,
  json: `{"id":${id},"v":${version}}`,
})
const read = (rows: StateRow[], change: Partial<WindowRead> = {}): WindowRead => ({
  rows,
  quarantined: [],
  stable: true,
  closed: true,
  ...change,
})
const day = (number: number) => ({
  start: start + number * dayMs,
  end: start + (number + 1) * dayMs,
})
const rangeTo = (end: number) => ({
  from: { text: '2025-01-01', time: start },
  to: { text: '', time: end },
})
const stored = (): string[] => [...state.calls()].map(([json]) => json)

test('the newest version of a call stays, in any order', () => {
  state.commit(day(0), read([row(1, 5)]))
  state.commit(day(1), read([row(1, 3)]))
  expect(stored()).toEqual(['{"id":1,"v":5}'])
  state.commit(day(2), read([row(1, 9, day(2).start)]))
  expect(stored()).toEqual(['{"id":1,"v":9}'])
})

test('a version without updated_at replaces the stored one', () => {
  state.commit(day(0), read([row(1, 5)]))
  state.commit(day(1), read([{ ...row(1, 1), updatedAt: null }]))
  expect(stored()).toEqual(['{"id":1,"v":1}'])
})

test('calls stored newest first take little more space than their JSON', () => {
  const json = 'x'.repeat(600)
  for (let window = 0; window < 30; window++) {
    const rows = Array.from({ length: 100 }, (_, at) => ({ ...row(window * 100 + 100 - at), json }))
    state.commit(day(window), read(rows))
  }
  state[Symbol.dispose]()
  const { size } = statSync(folder.at('state'))
  state = new ExportState(openDatabase(folder.at('state')))
  expect(size / (30 * 100 * json.length)).toBeLessThan(1.3)
})

test('a window that cannot be stored leaves neither its calls nor its progress', () => {
  state.commit(day(0), read([row(1)]))
  // The window exists already.
  expect(() => state.commit(day(0), read([row(2)]))).toThrow('UNIQUE')
  expect(stored()).toEqual(['{"id":1,"v":0}'])
})

test('a pass counts new, changed and unchanged calls, each once', () => {
  state.commit(day(0), read([row(1), row(2), row(3)]))
  expect(state.counters()).toEqual({ new: 3, changed: 0, unchanged: 0, deleted: 0 })
  state.startPass(rangeTo(day(1).end), start)
  state.commit(day(0), read([row(1), row(2, 7), row(4)]))
  state.commit(day(1), read([row(1), row(2, 7)]))
  expect(state.counters()).toEqual({ new: 1, changed: 1, unchanged: 1, deleted: 0 })
})

test('a call is missing only if a closed, stable window was read again without it', () => {
  const calls = [0, 1, 2, 3].map((number) => row(number, 0, day(number).start))
  for (const [number, call] of calls.entries()) state.commit(day(number), read([call]))
  expect(state.missing()).toEqual([])
  // The fourth day is not read again.
  state.startPass(rangeTo(day(3).end), start)
  state.commit(day(0), read([]))
  state.commit(day(1), read([], { stable: false }))
  state.commit(day(2), read([], { closed: false }))
  expect(state.missing()).toEqual([0])
  state.markDeleted([0], '2025-02-01T00:00:00.000Z', false)
  expect(state.counters().deleted).toBe(1)
  expect(state.missing()).toEqual([])
  expect([...state.calls()].map(([, deletedAt]) => deletedAt)).toEqual([
    '2025-02-01T00:00:00.000Z',
    null,
    null,
    null,
  ])
})

test('a call that reappears is no longer deleted', () => {
  state.commit(day(0), read([row(1)]))
  state.markDeleted([1], 'then', false)
  state.startPass(rangeTo(day(0).end), start)
  state.commit(day(0), read([row(1)]))
  expect([...state.calls()][0]![1]).toBeNull()
  expect(state.counters().changed).toBe(1)
})

test('the files match the state until a call is new, moved, changed or deleted', () => {
  const file = { name: 'a', sha256: '', bytes: 0, rows: 0, modified: 0 }
  const record = (): void => {
    state.recordFiles([file])
    expect(state.files()).toEqual([file])
  }
  state.commit(day(0), read([row(1), row(2)]))
  record()
  state.startPass(rangeTo(day(1).end), start)
  state.commit(day(0), read([row(2)]))
  state.markDeleted([], 'then', false)
  expect(state.files()).toEqual([file])
  state.commit(day(1), read([row(1, 4, day(1).start)]))
  expect(state.files()).toEqual([])
  record()
  state.upsert(row(3))
  expect(state.files()).toEqual([])
  record()
  state.markDeleted([2], 'then', false)
  expect(state.files()).toEqual([])
})

test('rows leave the quarantine when their window is read again', () => {
  const bad = { reason: 'id is not a safe integer', json: '{"id":"x"}' }
  state.commit(day(0), read([], { quarantined: [bad] }))
  expect([...state.quarantined()]).toEqual([bad])
  state.startPass(rangeTo(day(0).end), start)
  state.commit(day(0), read([]))
  expect(state.counts().quarantined).toBe(0)
})
