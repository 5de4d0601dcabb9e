import { minSpanMs, splitSpans, type Span } from './span.ts'

/** A part of the range that is not read yet; its windows are read one after the other. */
interface Segment extends Span {
  /** Ends of the window that is being read, and of the next one after an overflow. */
  readingTo?: number | undefined
  maxEnd?: number | undefined
  /** Calls per millisecond; 0 until the first response. */
  rate: number
}

export type WindowPlan = ReturnType<typeof createWindowPlan>
const wholeSeconds = (time: number): number => Math.floor(time / minSpanMs) * minSpanMs

const restOf = ({ start, readingTo = start, end, rate }: Segment) => rate * (end - readingTo)

/**
 * Which windows to request, so that each fits one page and most are nearly full: the next one ends
 * where the page would be full at the rate of the last. One that overflowed is requested again and
 * ends where its first page did. A worker without a segment takes half of the longest one.
 */
export function createWindowPlan(gaps: readonly Span[], pageSize: number) {
  let page = pageSize
  const segments = [...splitSpans(gaps)].map((span): Segment => ({ ...span, rate: 0 }))
  const find = ({ start }: Span): Segment => segments.find((each) => each.start === start)!

  function halve(): Segment | undefined {
    const [longest] = segments.toSorted((a, b) => restOf(b) - restOf(a))
    if (!longest || restOf(longest) < 3 * page) return undefined
    const start = wholeSeconds((longest.readingTo! + longest.end) / 2)
    if (start <= longest.readingTo!) return undefined
    const half = { start, end: longest.end, rate: longest.rate }
    longest.end = start
    return segments[segments.push(half) - 1]
  }

  return {
    /** The next window; undefined while other workers read the rest. */
    next(): Span | undefined {
      const segment = segments.find(({ readingTo }) => readingTo === undefined) ?? halve()
      if (!segment) return undefined
      const { start, end, rate, maxEnd } = segment
      // Room for chance: fuller windows overflow more often, emptier ones need more requests.
      const target = Math.max(page / 2, page - 1.5 * Math.sqrt(page))
      // A rest of less than two windows is read in two equal ones.
      const isShort = restOf(segment) > target && restOf(segment) < 1.8 * target
      const to = maxEnd ?? (isShort ? (start + end) / 2 : rate > 0 ? start + target / rate : end)
      segment.readingTo = Math.min(end, Math.max(wholeSeconds(to), wholeSeconds(start) + minSpanMs))
      return { start, end: segment.readingTo }
    },
    /** The window is read completely: it has calls at these times. */
    finish({ start, end }: Span, times: readonly number[]): void {
      const segment = find({ start, end })
      // The later half says more about what follows.
      const later = times.filter((time) => time >= (start + end) / 2).length / ((end - start) / 2)
      const rate = segment.rate === 0 ? later : (segment.rate + later) / 2
      Object.assign(segment, { start: end, rate, readingTo: undefined, maxEnd: undefined })
      if (end >= segment.end) segments.splice(segments.indexOf(segment), 1)
    },
    /** The window has `count` calls, more than its page. @returns false if it cannot be shorter */
    splitOverflow({ start, end }: Span, count: number, times: readonly number[]): boolean {
      if (end - start <= minSpanMs) return false
      // A server can send shorter pages than requested, and a wrong count.
      page = Math.min(page, Math.max(1, times.length))
      const calls = count > page ? Math.min(count, 64 * page) : 2 * page
      const isNewestFirst = times[0]! > times.at(-1)!
      const last = times.toSorted((a, b) => a - b)[isNewestFirst ? 2 * page - calls : page - 1]
      const cut = calls < 2 * page && last ? last : start + ((end - start) * page * 0.8) / calls
      const maxEnd = wholeSeconds(Math.min(cut, start + (end - start) * 0.95))
      const rate = calls / (end - start)
      Object.assign(find({ start, end }), { rate, maxEnd, readingTo: undefined })
      return true
    },
    /** Calls that are probably left; undefined before the first response. */
    expected: (): number | undefined =>
      segments.some(({ rate }) => rate === 0)
        ? undefined
        : segments.reduce((sum, { rate, start, end }) => sum + rate * (end - start), 0),
  }
}
