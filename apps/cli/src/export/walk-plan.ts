import { createRhythm } from './rhythm.ts'

/** A part of the range, in milliseconds since 1970: from `start` on, up to but without `end`. */
export interface Span {
  start: number
  end: number
}

/** A stretch of time that is not read yet; one window at a time is taken off its start. */
interface Stretch extends Span {
  /** End of the window that is being read. */
  asked: number | undefined
  /** Calls a millisecond of the day's rhythm, as the last answer here told. */
  density: number | undefined
}

export interface WalkPlan {
  /** The next window to read; undefined while there is none that another worker is not busy with. */
  next(): Span | undefined
  /** The window is read. */
  finish(window: Span, times: readonly number[]): void
  /**
   * The window holds more than a page. False when it is too short to be cut.
   *
   * @param count what the service says it holds; can be wrong, even 0
   * @param served calls on the page
   */
  shrink(window: Span, count: number, served: number): boolean
  isDone(): boolean
  /** Calls that are still to be read, as far as can be told; undefined before the first answers. */
  expected(): number | undefined
}

/** The longest window: the service takes 31 days at most. */
const mostSpanMs = 30 * 86_400_000
/** The shortest window: the service's clock may not tell less apart. */
export const leastSpanMs = 1000
/** How full a window should be: fuller ones overflow more often than they save a request. */
const fill = 0.88
/** Neighbours in time are alike, but a night is followed by a morning. */
const mostGrowth = 4
const mostShrinking = 64

/** Spans as such that one request may ask for. */
export function* cutSpans(spans: readonly Span[]): Generator<Span> {
  for (const { start, end } of spans)
    for (let from = start; from < end; from += mostSpanMs)
      yield { start: from, end: Math.min(end, from + mostSpanMs) }
}

// Whole seconds, because a service may cut the rest off.
const align = (time: number): number => Math.ceil(time / leastSpanMs) * leastSpanMs

/**
 * Which windows to ask for, so that each fits one page and most are nearly full.
 *
 * A stretch is read from its start; the length of the next window follows from how many calls the
 * last one held. A worker without a stretch takes half of the longest one's rest.
 */
export function createWalkPlan(gaps: readonly Span[], pageSize: number): WalkPlan {
  const stretches = [...cutSpans(gaps)].map(({ start, end }): Stretch => ({
    start,
    end,
    asked: undefined,
    density: undefined,
  }))
  const rhythm = createRhythm()
  let target = pageSize * fill

  function share(): Stretch | undefined {
    const calls = ({ asked, end, density }: Stretch): number =>
      (density ?? 0) * rhythm.weigh(asked!, end)
    const longest = stretches.reduce<Stretch | undefined>(
      (best, one) => (best === undefined || calls(one) > calls(best) ? one : best),
      undefined,
    )
    if (longest === undefined || calls(longest) < 2 * target) return undefined
    const middle = align((longest.asked! + longest.end) / 2)
    if (middle <= longest.asked! || middle >= longest.end) return undefined
    const half = { ...longest, start: middle, asked: undefined }
    longest.end = middle
    stretches.splice(stretches.indexOf(longest) + 1, 0, half)
    return half
  }

  function windowEnd({ start, end, density }: Stretch): number {
    if (density === undefined) return end
    const calls = density * rhythm.weigh(start, end)
    if (calls <= target * 1.1) return end
    const wanted = calls < 2 * target ? calls / 2 : target
    const reached = rhythm.advance(start, wanted / density)
    return Math.min(end, align(Math.max(start + leastSpanMs, reached)))
  }

  const find = ({ start }: Span): Stretch => stretches.find((stretch) => stretch.start === start)!

  return {
    next() {
      const stretch = stretches.find(({ asked }) => asked === undefined) ?? share()
      if (!stretch) return undefined
      stretch.asked = windowEnd(stretch)
      return { start: stretch.start, end: stretch.asked }
    },
    finish(window, times) {
      const stretch = find(window)
      rhythm.learn(window.start, window.end, times)
      stretch.start = window.end
      stretch.asked = undefined
      if (stretch.start >= stretch.end) {
        stretches.splice(stretches.indexOf(stretch), 1)
        return
      }
      const least = (stretch.density ?? 0) / mostGrowth
      stretch.density = Math.max(times.length / rhythm.weigh(window.start, window.end), least)
    },
    shrink(window, count, served) {
      const length = window.end - window.start
      const stretch = find(window)
      if (length <= leastSpanMs) return false
      // A server may cut pages shorter than was asked for.
      target = Math.min(target, Math.max(1, served) * fill)
      const most = mostShrinking * target
      const calls = count > served ? Math.min(count, most) : served * 2
      stretch.density = calls / rhythm.weigh(window.start, window.end)
      stretch.asked = undefined
      return true
    },
    isDone: () => stretches.length === 0,
    expected: () =>
      stretches.every(({ density }) => density !== undefined)
        ? stretches.reduce(
            (sum, { start, end, density }) => sum + density! * rhythm.weigh(start, end),
            0,
          )
        : undefined,
  }
}
