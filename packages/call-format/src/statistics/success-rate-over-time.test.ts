import { array, assert, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { metricOverTime } from './metric-over-time.ts'
import { outcomeOf } from './outcome.ts'
import { successRateOverTime } from './success-rate-over-time.ts'

const bucketsOf = (counts: readonly (readonly [success: number, failure: number])[]) =>
  counts.map(([success, failure], index) => ({ from: index, to: index + 1, success, failure }))

test('buckets are merged until each has 30 evaluated calls, the rest joins the last', () => {
  const points = successRateOverTime(
    bucketsOf([
      [10, 10],
      [10, 0],
      [30, 30],
      [0, 0],
      [1, 4],
    ]),
  )
  expect(points.map(({ from, to, evaluated }) => [from, to, evaluated])).toEqual([
    [0, 2, 30],
    [2, 5, 65],
  ])
  expect(points[0]!.share).toBeCloseTo(2 / 3, 12)
})

test('a range with fewer calls is one point that is marked', () => {
  expect(
    successRateOverTime(
      bucketsOf([
        [1, 0],
        [0, 1],
      ]),
    ),
  ).toMatchObject([{ from: 0, to: 2, evaluated: 2, share: 0.5, isTooFew: true }])
  expect(successRateOverTime(bucketsOf([[0, 0]]))).toEqual([])
})

test('points cover the range and each evaluated call once', () => {
  const counts = array(
    record({ success: integer({ min: 0, max: 40 }), failure: integer({ min: 0, max: 40 }) }),
  )
  assert(
    property(counts, (given) => {
      const points = successRateOverTime(
        given.map((one, index) => ({ from: index, to: index + 1, ...one })),
      )
      const evaluated = given.reduce((sum, { success, failure }) => sum + success + failure, 0)
      expect(points.reduce((sum, point) => sum + point.evaluated, 0)).toBe(evaluated)
      for (const point of points.slice(0, -1)) expect(point.isTooFew).toBe(false)
      for (const { low, share, high } of points) {
        expect(low).toBeLessThanOrEqual(share)
        expect(high).toBeGreaterThanOrEqual(share)
      }
    }),
  )
})

test('a binary metric has pass rates, another one means, an empty bucket nothing', () => {
  const buckets = [0, 1, 2].map((from) => ({ from, to: from + 1 }))
  const times = [0, 0, 0.5, 1, 3]
  const passes = metricOverTime(buckets, times, [1, 1, 0, 0, 1])
  expect(passes.map(({ count, value }) => [count, value])).toEqual([
    [3, 2 / 3],
    [1, 0],
    [0, null],
  ])
  const [mean] = metricOverTime(buckets, times, [1, 3, 5, 2, 9])
  // The standard error of 1, 3, 5 is 2 / sqrt(3).
  expect(mean).toMatchObject({ count: 3, value: 3 })
  expect(mean!.high! - 3).toBeCloseTo((1.959964 * 2) / Math.sqrt(3), 5)
})

test.each([
  [{ success: true }, 'success'],
  [{ success: false, status: 'success' }, 'failure'],
  [{ success: null, status: 'failure' }, 'not_evaluated'],
  [{ success: 'true' }, 'not_evaluated'],
  [{}, 'not_evaluated'],
])('the outcome of %j is %s', (call, outcome) => {
  expect(outcomeOf(call)).toBe(outcome)
})
