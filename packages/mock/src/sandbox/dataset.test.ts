import { createHash } from 'node:crypto'
import type { CallLog } from '@cekura-kit/types'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDataset, longestDelayMs } from './dataset.ts'
import { hashUnit, pick } from './random.ts'

const span = {
  startMs: Date.parse('2025-01-01T00:00:00Z'),
  endMs: Date.parse('2025-01-29T00:00:00Z'),
}
const rows = 6000
const create = () => createDataset({ seed: 1, rows, agentId: 2142, ...span })
const makeCalls = (): CallLog[] => {
  const { at } = create()
  return Array.from({ length: rows }, (_, index) => at(index))
}
const share = (calls: CallLog[], holds: (call: CallLog) => boolean): number =>
  calls.filter(holds).length / calls.length
const hourOf = ({ timestamp }: CallLog): number => new Date(timestamp).getUTCHours()
const secondsOf = ({ duration }: CallLog): number => {
  const [minutes, seconds] = duration!.split(':').map(Number)
  return minutes! * 60 + seconds!
}

test('a seed means the same calls in every release', () => {
  const { at, createdAt, ofAssistant } = create()
  const hash = createHash('sha256')
  for (let index = 0; index < rows; index++) {
    const created = createdAt(index)
    hash.update(JSON.stringify([at(index), at(index, created), at(index, created + 7e7)]))
  }
  // Changed on purpose? What consumers have counted and stored moves with it: a changeset says so.
  expect(hash.digest('hex')).toBe(
    '2a5d3b2ab962f4dd7f0573a8c263263ef48aaaaf6c3e75250dfc5c815b6baaef',
  )
  const taken = ofAssistant('agent_xyz789')
  expect(Array.from({ length: 9 }, (_, n) => taken.at(n))).toEqual([
    1, 6, 7, 10, 15, 17, 22, 23, 25,
  ])
})

test('a call is recorded after it has ended, and no later than the longest delay', () => {
  const { at, timeAt, createdAt } = create()
  for (let index = 0; index < rows; index++) {
    const delayMs = createdAt(index) - timeAt(index)
    const holds = delayMs <= longestDelayMs && delayMs > secondsOf(at(index)) * 1000
    if (!holds) expect(delayMs, 'a delay that cannot be').toBeUndefined()
  }
})

test('calls keep the hours of working days: few at night and at weekends, two peaks by day', () => {
  const calls = makeCalls()
  const perHour = Array.from({ length: 24 }, (_, hour) =>
    share(calls, (call) => hourOf(call) === hour),
  )
  expect(perHour[3]! * 10).toBeLessThan(perHour[10]!)
  expect(Math.max(...perHour)).toBe(perHour[10])
  expect(perHour[12]).toBeLessThan(perHour[14]!)
  expect(perHour[13]).toBeLessThan(perHour[14]!)
  expect(perHour[15]).toBeLessThan(perHour[14]!)
  const perDay = Array.from({ length: 7 }, (_, day) =>
    share(calls, ({ timestamp }) => new Date(timestamp).getUTCDay() === day),
  )
  const [sunday, ...others] = perDay
  const saturday = others.pop()!
  expect(sunday).toBeLessThan(saturday)
  expect(saturday * 2).toBeLessThan(Math.min(...others))
})

test('durations, reasons and outcomes hang together', () => {
  const calls = makeCalls()
  for (const call of calls) {
    const seconds = secondsOf(call)
    const isUnanswered = call.call_ended_reason === 'customer-did-not-answer'
    const metrics = call.success === null || isUnanswered ? 0 : 3
    const holds =
      isUnanswered === (seconds === 0) &&
      (isUnanswered ? call.topic === '' : seconds >= 20) &&
      call.metrics?.length === metrics &&
      (call.error_message !== null) === (call.call_ended_reason === 'pipeline-error') &&
      (call.dropoff_point === '') === call.status.endsWith('success') &&
      (call.success !== null || !call.is_reviewed) &&
      (call.feedback === '' || call.is_reviewed)
    if (!holds) expect(call, 'a call that contradicts itself').toBeUndefined()
  }
  const csat = (outcome: boolean) => {
    const scores = calls
      .filter(({ success }) => success === outcome)
      .flatMap(({ metrics = [] }) => metrics.filter(({ name }) => name === 'CSAT'))
      .map(({ score }) => score!)
    return scores.reduce((sum, score) => sum + score, 0) / scores.length
  }
  expect(csat(true) - csat(false)).toBeGreaterThan(1)
})

test('the awkward calls are there, and rare', () => {
  const calls = makeCalls()
  const awkward: { [what: string]: (call: CallLog) => boolean } = {
    'of no length': (call) => secondsOf(call) === 0,
    'over 99 minutes': (call) => secondsOf(call) > 99 * 60,
    'with a topic beyond ASCII': ({ topic }) => /[^ -~]/.test(topic!),
    'without a topic': ({ topic }) => topic === '',
    'never judged': ({ success }) => success === null,
    'that failed in the pipeline': ({ error_message: message }) => message !== null,
  }
  for (const [what, holds] of Object.entries(awkward)) {
    expect(share(calls, holds), what).toBeGreaterThan(0)
    expect(share(calls, holds), what).toBeLessThan(0.08)
  }
  const ties = calls.filter((call, n) => call.timestamp === calls[n - 1]?.timestamp).length
  expect(ties).toBeGreaterThan(0)
  expect(ties / calls.length).toBeLessThan(0.05)
})

test('ids are of their agent and their place, and of no other', () => {
  const other = createDataset({ seed: 1, rows: 2500, agentId: 2143, ...span })
  const set = create()
  expect([set.idAt(0), set.at(0).id]).toEqual([200_000_001, 200_000_001])
  expect([set.idAt(5999), set.at(5999).id]).toEqual([200_006_000, 200_006_000])
  expect([set.indexOf(200_000_001), set.indexOf(200_006_000)]).toEqual([0, 5999])
  for (const id of [200_000_000, 200_006_001, 200_000_001.5, other.idAt(0)])
    expect(set.indexOf(id)).toBeUndefined()
  expect(other.at(3)).not.toMatchObject({ timestamp: set.at(3).timestamp })
})

test('the n-th call of a small set lies between the ends of its span', () => {
  for (const count of [0, 1, 2]) {
    const small = createDataset({ seed: 1, rows: count, agentId: 2142, ...span })
    expect([small.countBefore(span.startMs), small.countBefore(span.endMs)]).toEqual([0, count])
  }
})

test('timestamps never go back with the index, and countBefore() finds any instant', () => {
  const startMs = Date.parse('2025-01-03T05:00:00Z')
  const set = createDataset({ seed: 3, rows: 2000, agentId: 2142, startMs, endMs: startMs + 1e9 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1999 }), (index) => {
      expect(set.timeAt(index)).toBeGreaterThanOrEqual(set.timeAt(index - 1))
      const found = set.countBefore(set.timeAt(index))
      expect(set.timeAt(found)).toBe(set.timeAt(index))
      expect(found === 0 || set.timeAt(found - 1) < set.timeAt(index)).toBe(true)
    }),
  )
})

test('a call changes from recorded to judged to reviewed, and then no more', () => {
  const set = createDataset({ seed: 5, rows: 3000, agentId: 2142, ...span })
  const index = Array.from({ length: 3000 }, (_, n) => n).find((n) => set.at(n).is_reviewed)!
  const last = set.at(index)
  const created = set.createdAt(index)
  const days = (n: number): number => created + n * 86_400_000
  expect(set.at(index, created)).toMatchObject({
    success: null,
    metrics: [],
    is_reviewed: false,
    feedback: '',
    updated_at: last.created_at,
  })
  expect(set.at(index, created + 700_000)).toMatchObject({
    success: last.success,
    is_reviewed: false,
    status: last.success ? 'success' : 'failure',
  })
  expect(set.at(index, days(3.1))).toEqual(last)
  expect(set.at(index, days(300))).toEqual(last)
})

test('a call is judged and reviewed at an instant, and not the millisecond before', () => {
  const { at } = create()
  const calls = makeCalls()
  for (const name of ['is_reviewed', 'success'] as const) {
    // A review is the last change of its call, or else the judgement.
    const index = calls.findIndex(
      (call) => call.success && call.is_reviewed === (name === 'is_reviewed'),
    )
    const last = Date.parse(calls[index]!.updated_at!)
    expect([at(index, last - 1)[name], at(index, last)[name]]).toEqual([
      name === 'success' ? null : false,
      true,
    ])
  }
})

test('a unit is even, and of its seed, row and purpose', () => {
  const tenths = Array.from({ length: 10 }, () => 0)
  for (let row = 0; row < 10_000; row++) tenths[Math.floor(hashUnit(3, row, 5) * 10)]!++
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150)
  const units = [hashUnit(1, 1, 1), hashUnit(2, 1, 1), hashUnit(1, 2, 1), hashUnit(1, 1, 2)]
  expect(new Set(units).size).toBe(4)
})

test('pick() gives each value by its weight, from the first to the last', () => {
  const weighted = [
    ['a', 1],
    ['b', 2],
    ['c', 1],
  ] as const
  const at = (unit: number): string => pick(unit, weighted)
  expect([0, 0.249, 0.25, 0.749, 0.75, 0.999].map(at)).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
  // The sum of many weights can fall short of what a unit near 1 asks for.
  expect(at(1)).toBe('c')
})
