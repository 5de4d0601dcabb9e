import { array, assert, constantFrom, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { breakDown, dimensionReader, isDimension } from './break-down.ts'

const topics = ['billing', 'refund', 'orders', '', 'late', 'new']
const callsOf = array(
  record({ topic: constantFrom(...topics), success: constantFrom(true, false, null) }),
  { maxLength: 80 },
)
const byTopic = dimensionReader('topic')

test('contributions add up to the change of the overall rate, with new and vanished values', () => {
  assert(
    property(callsOf, callsOf, constantFrom(2, 4, 20), (now, before, maxRows) => {
      const { overall, rows } = breakDown({ now, before }, byTopic, maxRows)
      expect(rows.length).toBeLessThanOrEqual(maxRows)
      expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(now.length)
      expect(rows.reduce((sum, { callsBefore }) => sum + callsBefore, 0)).toBe(before.length)
      if (overall.difference === null) {
        for (const { contribution } of rows) expect(contribution).toBeNull()
        return
      }
      const sum = rows.reduce((total, { contribution }) => total + contribution!, 0)
      expect(sum).toBeCloseTo(overall.difference, 10)
    }),
  )
})

const repeat = (count: number, call: object): Record<string, unknown>[] =>
  Array.from({ length: count }, () => ({ ...call }))

const period = (billingSuccesses: number) => [
  ...repeat(billingSuccesses, { topic: 'billing', success: true, duration: '01:00' }),
  ...repeat(100 - billingSuccesses, { topic: 'billing', success: false, duration: '03:00' }),
  ...repeat(80, { topic: 'orders', success: true }),
  ...repeat(20, { topic: 'orders', success: false }),
]

test('a row whose rate fell comes first, and its share of the change is its rate effect', () => {
  const { overall, rows } = breakDown({ now: period(40), before: period(80) }, byTopic)
  expect(overall).toMatchObject({ now: 0.6, before: 0.8, result: 'lower' })
  expect(rows.map(({ value }) => value)).toEqual(['billing', 'orders'])
  expect(rows[0]).toMatchObject({ calls: 100, medianSeconds: 180, durationsKnown: 100 })
  expect(rows[0]!.mixEffect).toBeCloseTo(0, 12)
  expect(rows[0]!.contribution).toBeCloseTo(-0.2, 12)
  expect(rows[0]!.change.result).toBe('lower')
  expect(rows[1]).toMatchObject({ medianSeconds: null, durationsKnown: 0 })
})

test('values beyond the largest are one row at the end', () => {
  const now = topics.flatMap((topic, index) => repeat(index + 1, { topic, success: true }))
  const { rows } = breakDown({ now, before: now }, byTopic, 3)
  expect(rows.at(-1)).toMatchObject({ isOther: true, calls: 10 })
})

test('calls are grouped by field, by hour of a zone and by the label of an enum metric', () => {
  const call = {
    topic: 'refund',
    call_ended_reason: 'customer-ended-call',
    dropoff_point: 'payment',
    timestamp: '2026-11-01T05:30:00Z',
    metrics: [null, { id: 312, name: 'Mood', type: 'enum', enum: 'good' }],
  }
  const read = (name: string, zone?: string): string =>
    isDimension(name) ? dimensionReader(name, zone)(call) : 'none'
  expect(
    ['topic', 'reason', 'dropoff', 'hour', 'metric:312', 'metric:9', 'id'].map((name) =>
      read(name),
    ),
  ).toEqual(['refund', 'customer-ended-call', 'payment', '05', 'good', '', 'none'])
  expect(read('hour', 'America/New_York')).toBe('01')
  expect(dimensionReader('hour')({ timestamp: 'never' })).toBe('')
  expect(() => dimensionReader('hour', 'Mars/Olympus')).toThrow('Unknown time zone')
})
