import { assert, constantFrom, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs, findBucket, hourMs, minuteMs, planBuckets } from './plan-buckets.ts'
import { previousPeriod } from './previous-period.ts'

const at = Date.parse
const hoursOf = ({ from, to }: { from: number; to: number }): number => (to - from) / hourMs

/** The date that a zone's calendar shows, by a way of Intl that the code under test does not use. */
function createCalendar(zone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  return (time) => format.format(time)
}
const quarterMs = 15 * minuteMs

test.each([
  ['America/New_York', '2026-10-30', '2026-11-04', 25],
  ['America/New_York', '2026-03-06', '2026-03-11', 23],
  // Clocks change at midnight.
  ['Africa/Cairo', '2026-04-22', '2026-04-27', 23],
  ['Asia/Beirut', '2026-03-27', '2026-03-31', 23],
  // Clocks change by 30 minutes.
  ['Australia/Lord_Howe', '2026-04-03', '2026-04-07', 24.5],
  ['Asia/Tokyo', '2026-04-03', '2026-04-07', 24],
])('days in %s from %s start when the date changes', (zone, first, last, longest) => {
  const range = { from: at(`${first}T12:00Z`), to: at(`${last}T12:00Z`) }
  const starts: number[] = []
  const dateAt = createCalendar(zone)
  for (let time = range.from + quarterMs; time < range.to; time += quarterMs)
    if (dateAt(time) !== dateAt(time - quarterMs)) starts.push(time)
  const { unit, buckets } = planBuckets(range, { zone, maxBuckets: 6 })
  expect(unit).toBe('day')
  expect(buckets.map(({ from }) => from)).toEqual([range.from, ...starts])
  const hours = buckets.filter(({ isPartial }) => !isPartial).map(hoursOf)
  expect(hours).toContain(longest)
  expect(hours.length).toBe(starts.length - 1)
})

const zones = [
  'UTC',
  'America/New_York',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const
const range = tuple(
  integer({ min: at('2010-01-01'), max: at('2027-01-01') }),
  integer({ min: 1, max: 3000 * 24 }),
).map(([from, hours]) => ({ from, to: from + hours * hourMs }))

test('buckets are adjacent, not empty and cover the range', () => {
  assert(
    property(
      range,
      constantFrom(...zones),
      constantFrom(12, 60),
      ({ from, to }, zone, maxBuckets) => {
        const { buckets } = planBuckets({ from, to }, { zone, maxBuckets })
        expect(buckets[0]!.from).toBe(from)
        expect(buckets.at(-1)!.to).toBe(to)
        for (const [index, bucket] of buckets.entries()) {
          expect(bucket.to).toBeGreaterThan(bucket.from)
          if (index > 0) expect(bucket.from).toBe(buckets[index - 1]!.to)
          if (index > 0 && index < buckets.length - 1) expect(bucket.isPartial).toBe(false)
        }
        expect(buckets.length).toBeLessThanOrEqual(maxBuckets + 3)
      },
    ),
    { numRuns: 60 },
  )
})

test.each([
  [hourMs, 60, 'minute'],
  [7 * dayMs, 24, '12 hours'],
  [30 * dayMs, 60, '12 hours'],
  [92 * dayMs, 93, 'day'],
  [365 * dayMs, 60, 'week'],
  [3650 * dayMs, 60, 'quarter'],
])('a range of %d ms in at most %d buckets is split by %s', (length, maxBuckets, unit) => {
  const from = at('2025-01-06')
  expect(planBuckets({ from, to: from + length }, { maxBuckets }).unit).toBe(unit)
})

const startsOf = (to: string, maxBuckets: number): string[] =>
  planBuckets({ from: at('2025-01-01'), to: at(to) }, { maxBuckets })
    .buckets.slice(0, 3)
    .map(({ from, isPartial }) => `${new Date(from).toISOString().slice(0, 10)} ${isPartial}`)

test('weeks start on Monday, months on the first, and partial buckets are marked', () => {
  expect(startsOf('2025-03-01', 10)).toEqual([
    '2025-01-01 true',
    '2025-01-06 false',
    '2025-01-13 false',
  ])
  expect(startsOf('2025-12-01', 12)).toEqual([
    '2025-01-01 false',
    '2025-02-01 false',
    '2025-03-01 false',
  ])
})

test('hours keep their length on the day that has 25', () => {
  const { buckets } = planBuckets(
    { from: at('2026-11-01T04:00Z'), to: at('2026-11-02T05:00Z') },
    { zone: 'America/New_York', maxBuckets: 30 },
  )
  expect(buckets).toHaveLength(25)
  expect(new Set(buckets.map(hoursOf))).toEqual(new Set([1]))
})

test('a bucket contains its start and not its end', () => {
  const { buckets } = planBuckets({ from: 0, to: 3 * hourMs }, { maxBuckets: 3 })
  const positions = [-1, 0, hourMs - 1, hourMs, 3 * hourMs - 1, 3 * hourMs]
  expect(positions.map((time) => findBucket(buckets, time))).toEqual([-1, 0, 0, 1, 2, -1])
})

test('an unknown zone is an error', () => {
  expect(() => planBuckets({ from: 0, to: dayMs }, { zone: 'Mars/Olympus' })).toThrow(RangeError)
})

test('a week or more is compared with the time before it, less with the same hours a week earlier', () => {
  const zone = 'America/New_York'
  const period = (from: string, to: string) => {
    const previous = previousPeriod({ from: at(from), to: at(to) }, zone)
    return [previous.from, previous.to].map((time) => new Date(time).toISOString().slice(0, 16))
  }
  expect(period('2026-11-02', '2026-11-09')).toEqual(['2026-10-26T00:00', '2026-11-02T00:00'])
  // The clocks changed on 1 November.
  expect(period('2026-11-03T05:00Z', '2026-11-04T05:00Z')).toEqual([
    '2026-10-27T04:00',
    '2026-10-28T04:00',
  ])
})
