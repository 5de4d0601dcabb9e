import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitRange } from '../../src/call-logs/split-range.ts'

const dayMs = 86_400_000

test.each(['oldest', 'newest'] as const)(
  'windows are at most 30 days long, cover the range and overlap by a second, %s first',
  (order) =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 400 * dayMs }),
        (start, lengthMs) => {
          const [from, to] = [start.getTime(), start.getTime() + lengthMs]
          const windows = [...splitRange({ from, to }, order)]
          if (order === 'newest') windows.reverse()
          expect(windows[0]!.timestamp_from).toBe(start.toISOString())
          expect(windows.at(-1)!.timestamp_to).toBe(new Date(to).toISOString())
          for (const [index, window] of windows.entries()) {
            const windowStart = Date.parse(window.timestamp_from)
            const windowEnd = Date.parse(window.timestamp_to)
            expect(windowEnd - windowStart).toBeLessThanOrEqual(30 * dayMs)
            expect(windowEnd).toBeGreaterThanOrEqual(windowStart)
            if (index > 0)
              expect(Date.parse(windows[index - 1]!.timestamp_to) - windowStart).toBe(1000)
          }
        },
      ),
    ),
)

test.each([
  { days: 0, count: 1 },
  { days: 30, count: 1 },
  { days: 31, count: 2 },
  { days: 365, count: 13 },
])('a range of $days days has $count windows', ({ days, count }) => {
  for (const order of ['oldest', 'newest'] as const)
    expect([...splitRange({ from: 0, to: days * dayMs }, order)]).toHaveLength(count)
})

test('a range of 12,000 years gives its windows one at a time', () => {
  const range = {
    from: Date.parse('-002000-01-01T00:00:00Z'),
    to: Date.parse('+010000-01-01T00:00:00Z'),
  }
  expect(splitRange(range, 'oldest').next().value?.timestamp_from).toBe(
    '-002000-01-01T00:00:00.000Z',
  )
  expect(splitRange(range, 'newest').next().value?.timestamp_to).toBe('+010000-01-01T00:00:00.000Z')
})
