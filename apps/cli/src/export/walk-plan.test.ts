import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import type { Span } from './span.ts'
import { createWalkPlan, cutSpans } from './walk-plan.ts'

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
      if (!fits && plan.shrink(window, count(found.length), found.slice(0, served))) continue
      plan.finish(window, found)
      windows.push(window)
    }
  }
  return { windows: windows.toSorted((a, b) => a.start - b.start), requests }
}

const evenly = (calls: number): number[] => Array.from({ length: calls }, (_, n) => start + n)

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
  expect(walk(times, start + 20_000 * 60_000).requests).toBeLessThan(220)
})

test('calls that come by chance cost less than a third more than the fewest requests', () => {
  // A generator of our own, so that the calls are the same in every run.
  let state = 1
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const times = Array.from({ length: 20_000 }, () => start + Math.floor(random() * 30 * day))
  const end = start + 30 * day
  expect(walk(times, end).requests).toBeLessThan(275)
  expect(walk(times, end, { workers: 8 }).requests).toBeLessThan(285)
  // Halving whenever an answer is not all takes many more.
  expect(walk(times, end, { count: () => 0 }).requests).toBeLessThan(350)
})

test.each([
  ['newest first', (times: number[]) => times.slice(10).toReversed()],
  ['oldest first', (times: number[]) => times.slice(0, 100)],
])('an answer that is not all, %s, tells where to cut', (_, answer) => {
  const plan = createWalkPlan([{ start, end: start + 110_000 }], 100)
  // 110 calls, a burst of them near the start.
  const times = Array.from({ length: 110 }, (_, n) => start + Math.floor(n ** 1.8 * 20))
  plan.shrink(plan.next()!, 110, answer(times))
  const next = inside(times, plan.next()!).length
  expect(next).toBeGreaterThan(45)
  expect(next).toBeLessThanOrEqual(100)
})

test('calls from just outside of a window do not make it fit', () => {
  const plan = createWalkPlan([{ start, end: start + 100_000 }], 100)
  const times = Array.from({ length: 100 }, (_, n) => start - 50 + n)
  const asked = Array.from({ length: 30 }, () => {
    const window = plan.next()!
    plan.shrink(window, 101, times)
    return window.end
  })
  for (const [at, end] of asked.entries())
    if (at > 0) expect(end === start + 1000 || end < asked[at - 1]!).toBe(true)
  expect(asked.at(-1)).toBeLessThan(start + 80_000)
})

test('what is still expected is known after the first answer and ends at nothing', () => {
  const plan = createWalkPlan([{ start, end: start + day }], 100)
  expect(plan.expected()).toBeUndefined()
  const all = plan.next()!
  plan.shrink(all, 1000, evenly(100))
  expect(plan.expected()).toBeCloseTo(1000)
  plan.finish(plan.next()!, [])
  expect(plan.expected()!).toBeLessThan(1000)
})

test('a worker without a stretch takes half of the longest rest', () => {
  const plan = createWalkPlan([{ start, end: start + day }], 100)
  const all = plan.next()!
  expect(plan.next()).toBeUndefined()
  plan.shrink(all, 1000, evenly(100))
  const [first, second] = [plan.next()!, plan.next()!]
  expect(second.start).toBeGreaterThan(first.end)
  expect(second.start).toBeLessThan(start + day)
})
