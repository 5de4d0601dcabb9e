import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { splitSpans, type Span } from './span.ts'
import { createWindowPlan } from './window-plan.ts'

const day = 86_400_000
const start = Date.parse('2025-01-01T00:00:00Z')
/** Times of a page, newest first. */
const page = (length: number, { start: from, end }: Span): number[] =>
  Array.from({ length }, (_, at) => end - ((at + 1) * (end - from)) / (length + 1))
const inside = (times: readonly number[], { start: from, end }: Span): number[] =>
  times.filter((time) => time >= from && time < end)

/** Reads sample calls with several workers; `count` is what the API claims. */
function readAll(
  times: readonly number[],
  end: number,
  { workers = 1, served = 100, count = (n: number) => n, isNewestFirst = true } = {},
) {
  const plan = createWindowPlan([{ start, end }], 100)
  const windows: Span[] = []
  let requests = 0
  for (;;) {
    const requested = Array.from({ length: workers }, () => plan.next()).filter(
      (one) => one !== undefined,
    )
    if (requested.length === 0) break
    for (const window of requested) {
      requests += 1
      const found = inside(times, window)
      const fits = found.length <= served
      const page = isNewestFirst ? found.slice(-served).toReversed() : found.slice(0, served)
      if (!fits && plan.splitOverflow(window, count(found.length), page)) continue
      plan.finish(window, found)
      windows.push(window)
    }
  }
  return { windows: windows.toSorted((a, b) => a.start - b.start), requests }
}

test('windows cover the range once, without gaps, and each fits a page', () => {
  const times = array(integer({ min: start, max: start + 3 * day }), { maxLength: 300 })
  const options = record({
    workers: integer({ min: 1, max: 9 }),
    served: constantFrom(3, 10, 100),
    isNewestFirst: boolean(),
    count: constantFrom(
      (n: number) => n,
      () => 0,
      () => 1e9,
    ),
  })
  assert(
    property(times, options, (calls, given) => {
      const end = start + 3 * day
      const { windows } = readAll(calls, end, given)
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

test('a range that starts within a second has every later edge on a second', () => {
  const times = Array.from({ length: 500 }, (_, n) => start + n * 1000)
  const { windows } = readAll(times, start + 500_123)
  expect(windows.slice(0, -1).map(({ end }) => end % 1000)).toEqual(windows.slice(1).map(() => 0))
})

test('no window is longer than the API accepts', () => {
  const year = [...splitSpans([{ start, end: start + 365 * day }])]
  expect(Math.max(...year.map(({ start: from, end }) => end - from))).toBe(30 * day)
  expect(readAll([], start + 365 * day).requests).toBe(13)
})

test('evenly distributed calls need few more requests than the minimum', () => {
  const times = Array.from({ length: 20_000 }, (_, n) => start + n * 60_000)
  expect(readAll(times, start + 20_000 * 60_000).requests).toBeLessThan(240)
})

test('randomly distributed calls need less than half more requests than the minimum', () => {
  // A seeded generator: the calls are the same in every run.
  let state = 1
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const times = Array.from({ length: 20_000 }, () => start + Math.floor(random() * 30 * day))
  const end = start + 30 * day
  expect(readAll(times, end).requests).toBeLessThan(300)
  expect(readAll(times, end, { workers: 8 }).requests).toBeLessThan(310)
  // A wrong count costs more.
  expect(readAll(times, end, { count: () => 0 }).requests).toBeLessThan(400)
})

test('a window that overflows is never requested again with the same length', () => {
  const plan = createWindowPlan([{ start, end: start + 100_000 }], 100)
  let window = plan.next()!
  while (plan.splitOverflow(window, 101, page(100, window))) {
    const shorter = plan.next()!
    expect(shorter.end).toBeLessThan(window.end)
    window = shorter
  }
  expect(window.end).toBe(start + 1000)
})

test.each([true, false])(
  'after an overflow, the next window holds exactly a page (newest first: %s)',
  (isNewestFirst) => {
    const times = Array.from({ length: 110 }, (_, n) => start + n * 10_000)
    const plan = createWindowPlan([{ start, end: start + 1_100_000 }], 100)
    const newest = times.slice(10).toReversed()
    plan.splitOverflow(plan.next()!, 110, isNewestFirst ? newest : times.slice(0, 100))
    const found = inside(times, plan.next()!).length
    expect(found).toBeGreaterThanOrEqual(99)
    expect(found).toBeLessThanOrEqual(100)
  },
)

test('the expected rest is known after the first response and shrinks', () => {
  const plan = createWindowPlan([{ start, end: start + day }], 100)
  expect(plan.expected()).toBeUndefined()
  const all = plan.next()!
  plan.splitOverflow(all, 1000, page(100, all))
  expect(plan.expected()).toBeCloseTo(1000)
  plan.finish(plan.next()!, [])
  expect(plan.expected()!).toBeLessThan(1000)
})

test('a worker without a segment takes half of the longest one', () => {
  const plan = createWindowPlan([{ start, end: start + day }], 100)
  const all = plan.next()!
  expect(plan.next()).toBeUndefined()
  plan.splitOverflow(all, 1000, page(100, all))
  const [first, second] = [plan.next()!, plan.next()!]
  expect(second.start).toBeGreaterThan(first.end)
  expect(second.start).toBeLessThan(start + day)
})
