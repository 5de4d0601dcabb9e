import { expect, test } from 'vitest'
import { findRangeProblem, namedRanges, type RangeName } from './ranges.ts'

const read = (name: RangeName, now: string, zone: string): string[] => {
  const { from, to } = namedRanges[name].plan(Date.parse(now), zone)
  return [from, to].map((time) => new Date(time).toISOString().slice(0, 16))
}

// The clocks in New York went back on Sunday 2 November 2025 and forward on 9 March.
test.each([
  ['today', '2025-11-02T20:00:00Z', ['2025-11-02T04:00', '2025-11-02T20:00']],
  ['yesterday', '2025-11-03T12:00:00Z', ['2025-11-02T04:00', '2025-11-03T05:00']],
  ['this-week', '2025-11-05T12:00:00Z', ['2025-11-03T05:00', '2025-11-05T12:00']],
  ['last-week', '2025-11-05T12:00:00Z', ['2025-10-27T04:00', '2025-11-03T05:00']],
  ['last-week', '2025-03-11T12:00:00Z', ['2025-03-03T05:00', '2025-03-10T04:00']],
  ['24h', '2025-11-02T20:00:00Z', ['2025-11-01T20:00', '2025-11-02T20:00']],
] as const)('%s at %s in New York is %j', (name, now, range) =>
  expect(read(name, now, 'America/New_York')).toEqual(range),
)

test('today is never empty', () => {
  const now = Date.parse('2025-11-02T00:00:00Z')
  const { from, to } = namedRanges.today.plan(now, 'UTC')
  expect(findRangeProblem(from, to)).toBeUndefined()
})
