import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { createWalkPlan, cutSpans, type Span } from './walk-plan.ts'

const day = 86_400_000
const start = Date.parse('2025-01-01T00:00:00Z')
const inside = (times: readonly number[], { start: from, end }: Span): number[] =>
  times.filter((time) => time >= from && time < end)

/** Walks made-up calls with so many workers; `count` says what the service claims. */
function walk(
  times: readonly number[],
  end: number,
  { workers = 1, served = 100, count = (n: number) => n } = {},
) {
  const plan = createWalkPlan([{ start, end }], 100)
  const windows: Span[] = []
  let requests = 0
  while (!plan.isDone()) {
    const asked = Array.from({ length: workers }, () => plan.next()).filter(
      (one) => one !== undefined,
    )
    expect(asked.length).toBeGreaterThan(0)
    for (const window of asked) {
      requests += 1
      const found = inside(times, window)
      const fits = found.length <= served
      if (!fits && plan.shrink(window, count(found.length), served)) continue
      plan.finish(window, found)
      windows.push(window)
    }
  }
  return { windows: windows.toSorted((a, b) => a.start - b.start), requests }
}

test('windows cover the range once, without a hole, and each fits a page', () => {
  const times = array(integer({ min: start, max: start + 3 * day }), { maxLength: 300 })
  const options = record({
    workers: integer({ min: 1, max: 9 }),
    served: constantFrom(3, 10, 100),
    count: constantFrom(
      (n: number) => n,
      () => 0,
      () => 1e9,
    ),
  })
  assert(
    property(times, options, (calls, given) => {
      const end = start + 3 * day
      const { windows } = walk(calls, end, given)
      expect(windows[0]!.start).toBe(start)
      expect(windows.at(-1)!.end).toBe(end)
      for (const [at, window] of windows.entries()) {
        if (at > 0) expect(window.start).toBe(windows[at - 1]!.end)
        const isShortest = window.end - window.start <= 1000
        expect(isShortest || inside(calls, window).length <= given.served).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('a range that begins within a second has every later edge on a second', () => {
  const times = Array.from({ length: 500 }, (_, n) => start + n * 1000)
  const { windows } = walk(times, start + 500_123)
  expect(windows.slice(0, -1).map(({ end }) => end % 1000)).toEqual(windows.slice(1).map(() => 0))
})

test('no window is longer than the service takes', () => {
  const year = [...cutSpans([{ start, end: start + 365 * day }])]
  expect(Math.max(...year.map(({ start: from, end }) => end - from))).toBe(30 * day)
  expect(walk([], start + 365 * day).requests).toBe(13)
})

test('calls that come evenly cost little more than the fewest requests', () => {
  const times = Array.from({ length: 20_000 }, (_, n) => start + n * 60_000)
  const { requests } = walk(times, start + 20_000 * 60_000)
  expect(requests).toBeLessThan(260)
})

test('what is still expected is known after the first answer and ends at nothing', () => {
  const plan = createWalkPlan([{ start, end: start + day }], 100)
  expect(plan.expected()).toBeUndefined()
  const all = plan.next()!
  plan.shrink(all, 1000, 100)
  expect(plan.expected()).toBeCloseTo(1000)
  plan.finish(plan.next()!, [])
  expect(plan.expected()!).toBeLessThan(1000)
})

test('a worker without a stretch takes half of the longest rest', () => {
  const plan = createWalkPlan([{ start, end: start + day }], 100)
  const all = plan.next()!
  expect(plan.next()).toBeUndefined()
  plan.shrink(all, 1000, 100)
  const [first, second] = [plan.next()!, plan.next()!]
  expect(second.start).toBeGreaterThan(first.end)
  expect(second.start).toBeLessThan(start + day)
})
