import { expect, test } from 'vitest'
import { planPass } from './plan-pass.ts'
import type { ExportPlan } from './plan.ts'
import type { PreviousRun, WindowRecord } from './state/records.ts'

const day = 86_400_000
const from = Date.parse('2025-01-01T00:00:00Z')
const now = from + 100 * day
const plan: ExportPlan = {
  path: 'calls.ndjson',
  format: 'ndjson',
  agentId: 1,
  from: { text: '2025-01-01', time: from },
  pii: 'keep',
  deleted: 'mark',
  restart: undefined,
  concurrency: 4,
  pageSize: 100,
}
const window = (start: number, end: number, change: Partial<WindowRecord> = {}): WindowRecord => ({
  start: from + start * day,
  end: from + end * day,
  stable: true,
  closed: true,
  ...change,
})
const span = (start: number, end: number) => ({ start: from + start * day, end: from + end * day })
const to = (days: number) => ({ text: `day ${days}`, time: from + days * day })
/** What a run up to a day left. */
const upTo = (end: PreviousRun['to'], windows: WindowRecord[], isComplete = true): PreviousRun => ({
  from: plan.from,
  to: end,
  windows,
  isComplete,
})

test('the range ends ten minutes ago by default', () => {
  expect(planPass(plan, undefined, now).range).toEqual({ start: from, end: now - 600_000 })
})

test('an unfinished run resumes with unread time, and accepts a later end', () => {
  const previous = upTo(to(4), [window(0, 1), window(2, 3)], false)
  expect(planPass(plan, previous, now)).toEqual({
    status: 'resumed',
    range: span(0, 4),
    rereadSince: undefined,
    gaps: [span(1, 2), span(3, 4)],
  })
  expect(planPass({ ...plan, to: to(5) }, previous, now).gaps).toEqual([span(1, 2), span(3, 5)])
})

test('a later end reads three days again, or as much as --lookback', () => {
  const windows = [0, 1, 2, 3, 4, 5].map((start) => window(start, start + 1))
  const previous = upTo(to(6), windows)
  expect(planPass({ ...plan, to: to(8) }, previous, now)).toMatchObject({
    status: 'extended',
    gaps: [span(3, 8)],
  })
  const wide = { ...plan, to: to(8), lookbackMs: 100 * day }
  expect(planPass(wide, previous, now).gaps).toEqual([span(0, 8)])
})

test('the same end reads only unstable windows and the look-back', () => {
  const windows = [window(0, 1), window(1, 2), window(2, 4)]
  const previous = upTo(to(4), windows)
  const same = { ...plan, to: to(4) }
  expect(planPass(same, previous, now).status).toBe('up to date')
  // An earlier end does not discard what was read.
  expect(planPass({ ...plan, to: to(2) }, previous, now).range).toEqual(span(0, 4))
  expect(planPass({ ...same, lookbackMs: day }, previous, now)).toMatchObject({
    status: 'refreshed',
    gaps: [span(2, 4)],
  })
  const shaky = [windows[0]!, { ...windows[1]!, stable: false }, windows[2]!]
  expect(planPass(same, { ...previous, windows: shaky }, now).gaps).toEqual([span(1, 2)])
})

test('open windows are read again, however short the look-back is', () => {
  const windows = [window(0, 1), window(1, 2, { closed: false }), window(2, 4)]
  const previous = upTo(to(4), windows)
  const next = { ...plan, to: to(5), lookbackMs: day }
  expect(planPass(next, previous, now).gaps).toEqual([span(1, 5)])
})

test('the same end reads only open windows again', () => {
  const windows = [window(0, 1), window(1, 2, { closed: false }), window(2, 4, { closed: false })]
  const previous = upTo(to(4), windows)
  const same = { ...plan, to: to(4) }
  expect(planPass(same, previous, now)).toMatchObject({ status: 'refreshed', gaps: [span(1, 4)] })
  const settled = [window(0, 1), window(1, 4)]
  expect(planPass(same, { ...previous, windows: settled }, now).status).toBe('up to date')
})

test('a clock that was set back removes nothing', () => {
  const previous = upTo({ text: '', time: now }, [window(0, 100)])
  expect(planPass(plan, previous, now - 50 * day)).toMatchObject({ status: 'up to date', gaps: [] })
})

const relative = { text: '30d', time: from }
const run = (time: number) => ({ ...plan, from: { text: '30d', time } })

test('the same relative words resume an unfinished export with its first start', () => {
  const previous = {
    ...upTo({ text: '', time: from + 4 * day }, [window(0, 1)], false),
    from: relative,
  }
  expect(planPass(run(from + 5 * day), previous, now)).toEqual({
    status: 'resumed',
    range: span(0, 4),
    rereadSince: undefined,
    gaps: [span(1, 4)],
  })
})

test('the same relative words extend a finished export and keep its start', () => {
  const previous = { ...upTo({ text: '', time: from + 4 * day }, [window(0, 4)]), from: relative }
  expect(planPass(run(from + 5 * day), previous, from + 9 * day)).toMatchObject({
    status: 'extended',
    range: { start: from, end: from + 9 * day - 600_000 },
  })
})

test('the stored start in other words continues, and another start is an error with the stored one', () => {
  const previous = { ...upTo({ text: '', time: from + 4 * day }, [window(0, 4)]), from: relative }
  const absolute = { ...plan, from: { text: '2025-01-01', time: from } }
  expect(planPass(absolute, previous, now).status).toBe('extended')
  const other = { ...plan, from: { text: '7d', time: from + day } }
  expect(() => planPass(other, previous, now)).toThrow(
    'calls.ndjson was started with --from 2025-01-01; this run uses another range.',
  )
})
