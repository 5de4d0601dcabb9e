import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs } from '../../time-units.ts'
import { shardOfDay, shardSpans, subtract } from './spans.ts'

const start = Date.parse('2025-01-01T00:00:00Z')

const toSpans = (pairs: number[][]) => pairs.map(([from, to]) => ({ start: from!, end: to! }))

test.each([
  { spans: [[0, 9]], covered: [], gaps: [[0, 9]] },
  { spans: [[0, 9]], covered: [[0, 9]], gaps: [] },
  {
    spans: [[0, 9]],
    covered: [
      [2, 3],
      [5, 7],
    ],
    gaps: [
      [0, 2],
      [3, 5],
      [7, 9],
    ],
  },
  {
    spans: [
      [0, 3],
      [6, 9],
    ],
    covered: [[2, 7]],
    gaps: [
      [0, 2],
      [7, 9],
    ],
  },
])('$spans without $covered is $gaps', ({ spans, covered, gaps }) => {
  expect(subtract(toSpans(spans), toSpans(covered))).toEqual(toSpans(gaps))
})

test('the shards of a range are the range, each instant once', () => {
  assert(
    property(
      integer({ min: 1, max: 12 }),
      integer({ min: 0, max: 3 * dayMs }),
      integer({ min: 1, max: 60 * dayMs }),
      (of, offset, length) => {
        const range = { start: start + offset, end: start + offset + length }
        const spans = Array.from({ length: of }, (_, at) =>
          shardSpans(range, { index: at + 1, of }),
        )
          .flat()
          .toSorted((a, b) => a.start - b.start)
        expect(subtract([range], spans)).toEqual([])
        for (const [at, span] of spans.entries())
          expect(span.start).toBe(at === 0 ? range.start : spans[at - 1]!.end)
      },
    ),
  )
})

test('a later end moves no day to another shard', () => {
  const days = (end: number): number[] =>
    shardSpans({ start, end }, { index: 2, of: 3 }).map((span) => span.start)
  expect(days(start + 40 * dayMs).slice(0, days(start + 20 * dayMs).length)).toEqual(
    days(start + 20 * dayMs),
  )
})

test('seven workers do not get one day of the week each', () => {
  const weekdays = new Set<number>()
  for (let number = 0; number < 70; number++)
    if (shardOfDay(start + number * dayMs, 7) === 1)
      weekdays.add(new Date(start + number * dayMs).getUTCDay())
  expect(weekdays.size).toBe(7)
})
