import { dayMs } from '../../time-units.ts'
import { createHourlyRate } from './hourly-rate.ts'
import type { Span } from './span.ts'

/** The longest window: the API rejects ranges over 31 days. */
const maxSpanMs = 30 * dayMs
/** The shortest window: the API's timestamps may not be finer. */
export const minSpanMs = 1000
/** Room for chance: fuller windows overflow more often, emptier ones need more requests. */
const deviations = 1.2

/** A part of the range that is not read yet; its windows are read one after the other. */
interface Segment extends Span {
  /** End of the window that is being read. */
  readingTo: number | undefined
  /** End of the next window at most, after an overflow. */
  maxEnd: number
  /** Calls of the last windows, compared with what their hours were expected to have. */
  level: number
}

/** Spans no longer than one request may cover. */
export function* splitRange(spans: readonly Span[]): Generator<Span> {
  for (const { start, end } of spans)
    for (let from = start; from < end; from += maxSpanMs)
      yield { start: from, end: Math.min(end, from + maxSpanMs) }
}

export type WindowPlan = ReturnType<typeof createWindowPlan>
const wholeSeconds = (time: number): number => Math.floor(time / minSpanMs) * minSpanMs

/**
 * Which windows to request, so that each fits one page and most are nearly full: the next one ends
 * where the page is expected to be full, and one that overflowed is requested again, shorter. A worker
 * without a segment takes half of the longest one.
 */
export function createWindowPlan(gaps: readonly Span[], pageSize: number) {
  const rate = createHourlyRate()
  let [page, isKnown] = [pageSize, false]
  const segments = [...splitRange(gaps)].map((span): Segment => ({
    ...span,
    readingTo: undefined,
    maxEnd: span.end,
    level: 1,
  }))
  const restOf = ({ start, readingTo = start, end, level }: Segment): number =>
    level * rate.expect(readingTo, end)
  const find = ({ start }: Span): Segment => segments.find((each) => each.start === start)!

  function halve(): Segment | undefined {
    const longest = segments.toSorted((a, b) => restOf(b) - restOf(a))[0]
    if (!longest || restOf(longest) < 1.7 * page) return undefined
    const middle = wholeSeconds((longest.readingTo! + longest.end) / 2)
    if (middle <= longest.readingTo!) return undefined
    const half = { ...longest, start: middle, readingTo: undefined, maxEnd: longest.end }
    longest.end = middle
    segments.splice(segments.indexOf(longest) + 1, 0, half)
    return half
  }

  return {
    /** The next window; undefined while other workers read the rest. */
    next(): Span | undefined {
      const segment = segments.find(({ readingTo }) => readingTo === undefined) ?? halve()
      if (!segment) return undefined
      const { start, level } = segment
      const target = Math.max(page / 2, page - deviations * Math.sqrt(page))
      const rest = restOf(segment)
      // A rest of less than two windows is read in two equal ones.
      const wanted = rest > target && rest < 1.8 * target ? rest / 2 : target
      const end = Math.min(segment.end, segment.maxEnd)
      const to = isKnown ? rate.reach(start, wanted / level, end) : end
      segment.readingTo =
        to >= end ? end : Math.max(wholeSeconds(to), wholeSeconds(start) + minSpanMs)
      return { start, end: segment.readingTo }
    },
    /** The window is read completely. */
    finish(window: Span, calls: number): void {
      const segment = find(window)
      const expected = rate.expect(window.start, window.end)
      if (expected > 0)
        segment.level = Math.min(4, Math.max(0.25, 0.5 * segment.level + 0.5 * (calls / expected)))
      rate.learn(window.start, window.end, calls)
      isKnown = true
      Object.assign(segment, { start: window.end, readingTo: undefined, maxEnd: segment.end })
      if (segment.start >= segment.end) segments.splice(segments.indexOf(segment), 1)
    },
    /** The window holds more than the page. @returns false if it is too short to be split */
    splitOverflow(window: Span, count: number, onPage: number): boolean {
      if (window.end - window.start <= minSpanMs) return false
      const segment = find(window)
      // A server can send shorter pages than requested, and a wrong count.
      page = Math.min(page, Math.max(1, onPage))
      const calls = count > onPage ? Math.min(count, 64 * page) : onPage * 2
      const expected = isKnown ? rate.expect(window.start, window.end) : 0
      if (isKnown && expected > 0) segment.level *= calls / (segment.level * expected)
      else rate.learn(window.start, window.end, calls)
      isKnown = true
      const latest = window.start + (window.end - window.start) * 0.95
      segment.maxEnd = Math.max(wholeSeconds(window.start) + minSpanMs, wholeSeconds(latest))
      segment.readingTo = undefined
      return true
    },
    isDone: (): boolean => segments.length === 0,
    /** Calls that are probably left; undefined before the first response. */
    expected: (): number | undefined =>
      isKnown
        ? segments.reduce((sum, each) => sum + restOf({ ...each, readingTo: undefined }), 0)
        : undefined,
  }
}
