import { expect, test } from 'vitest'
import type { WindowRecord } from './ledger.ts'
import { planPass, type ExportPlan } from './plan-export.ts'

const day = 86_400_000
const from = Date.parse('2025-01-01T00:00:00Z')
const now = from + 100 * day
const plan: ExportPlan = {
  path: 'calls.ndjson',
  format: 'ndjson',
  partition: 'none',
  agentId: 1,
  from,
  pii: 'keep',
  goneCalls: 'mark',
  concurrency: 4,
  pageSize: 100,
  begin: 'auto',
}
const window = (start: number, end: number, change: Partial<WindowRecord> = {}): WindowRecord => ({
  start: from + start * day,
  end: from + end * day,
  calls: 1,
  readAt: now,
  stable: true,
  closed: true,
  ...change,
})
const span = (start: number, end: number) => ({ start: from + start * day, end: from + end * day })
const to = (days: number): number => from + days * day

test('without an end the range ends ten minutes ago', () => {
  expect(planPass(plan, undefined, now).range).toEqual({ start: from, end: now - 600_000 })
})

test('a run that was stopped goes on with what is not read, and takes a later end in', () => {
  const reached = { to: to(4), windows: [window(0, 1), window(2, 3)], isComplete: false }
  expect(planPass(plan, reached, now)).toEqual({
    began: 'resumed',
    range: span(0, 4),
    rereadSince: undefined,
    gaps: [span(1, 2), span(3, 4)],
  })
  expect(planPass({ ...plan, to: to(5) }, reached, now).gaps).toEqual([span(1, 2), span(3, 5)])
})

test('a later end reads three days again, or as many as --lookback says', () => {
  const windows = [0, 1, 2, 3, 4, 5].map((start) => window(start, start + 1))
  const reached = { to: to(6), windows, isComplete: true }
  expect(planPass({ ...plan, to: to(8) }, reached, now)).toMatchObject({
    began: 'extended',
    gaps: [span(3, 8)],
  })
  const wide = { ...plan, to: to(8), lookbackMs: 100 * day }
  expect(planPass(wide, reached, now).gaps).toEqual([span(0, 8)])
})

test('the same end has nothing to do, but for --lookback and windows that were not stable', () => {
  const windows = [window(0, 1), window(1, 2), window(2, 4)]
  const reached = { to: to(4), windows, isComplete: true }
  const same = { ...plan, to: to(4) }
  expect(planPass(same, reached, now).began).toBe('unchanged')
  // An earlier end is no reason to forget what was read.
  expect(planPass({ ...plan, to: to(2) }, reached, now).range).toEqual(span(0, 4))
  expect(planPass({ ...same, lookbackMs: day }, reached, now)).toMatchObject({
    began: 'refreshed',
    gaps: [span(2, 4)],
  })
  const shaky = [windows[0]!, { ...windows[1]!, stable: false }, windows[2]!]
  expect(planPass(same, { ...reached, windows: shaky }, now).gaps).toEqual([span(1, 2)])
})

test('what had not settled is read again, however short the look-back', () => {
  const windows = [window(0, 1), window(1, 2, { closed: false }), window(2, 4)]
  const reached = { to: to(4), windows, isComplete: true }
  const next = { ...plan, to: to(5), lookbackMs: day }
  expect(planPass(next, reached, now).gaps).toEqual([span(1, 5)])
})

test('the same end reads again what had not settled, and that alone', () => {
  const windows = [window(0, 1), window(1, 2, { closed: false }), window(2, 4, { closed: false })]
  const reached = { to: to(4), windows, isComplete: true }
  const same = { ...plan, to: to(4) }
  expect(planPass(same, reached, now)).toMatchObject({ began: 'refreshed', gaps: [span(1, 4)] })
  const settled = [window(0, 1), window(1, 4)]
  expect(planPass(same, { ...reached, windows: settled }, now).began).toBe('unchanged')
})

test('a clock that was set back takes nothing away', () => {
  const reached = { to: now, windows: [window(0, 100)], isComplete: true }
  expect(planPass(plan, reached, now - 50 * day)).toMatchObject({ began: 'unchanged', gaps: [] })
})
