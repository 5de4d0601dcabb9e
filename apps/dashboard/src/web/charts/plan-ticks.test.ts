import { expect, test } from 'vitest'
import { planTicks } from './plan-ticks.ts'

test.each([
  [0, 87, [0, 50, 100]],
  [0, 3, [0, 1, 2, 3]],
  [0.71, 0.79, [0.7, 0.75, 0.8]],
  [-2, 4, [-2, 0, 2, 4]],
  [5, 5, [5, 6]],
])('from %d to %d there are the ticks %j', (low, high, ticks) =>
  expect(planTicks(low, high)).toEqual(ticks),
)
