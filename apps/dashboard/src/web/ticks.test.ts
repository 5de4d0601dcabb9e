import { expect, test } from 'vitest'
import { planTicks, planTimeTicks } from './ticks.ts'

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [97, [0, 20, 40, 60, 80, 100]],
  [412, [0, 100, 200, 300, 400, 500]],
])('an axis up to %d has round steps', (most, ticks) => expect(planTicks(most)).toEqual(ticks))

test('ticks of a time axis fall on midnight of the reader', () => {
  const from = Date.parse('2025-01-01T10:00:00Z')
  const to = Date.parse('2025-01-04T10:00:00Z')
  const iso = (offset: number) =>
    planTimeTicks(from, to, 4, offset).map((at) => new Date(at).toISOString())
  expect(iso(0)).toEqual([
    '2025-01-02T00:00:00.000Z',
    '2025-01-03T00:00:00.000Z',
    '2025-01-04T00:00:00.000Z',
  ])
  expect(iso(120)[0]).toBe('2025-01-01T22:00:00.000Z')
})
