import { createForecast, type Outlook } from './forecast.ts'
import type { Span } from './span.ts'

/** A stretch of time that is not read yet; one window at a time is taken off its start. */
interface Stretch extends Span {
  /** End of the window that is being read. */
  asked: number | undefined
  /** The next window ends here at the latest, because a longer one was too full. */
  latest: number
  outlook: Outlook | undefined
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
   * @param times instants of the calls on the page, as they came
   */
  shrink(window: Span, count: number, times: readonly number[]): boolean
  isDone(): boolean
  /** Calls that are still to be read, as far as can be told; undefined before the first answers. */
  expected(): number | undefined
}

/** The longest window: the service takes 31 days at most. */
const maxSpanMs = 30 * 86_400_000
/** The shortest window: the service's clock may not tell less apart. */
export const minSpanMs = 1000
/** Pages that a wrong `count` can cost a stretch at most. */
const maxPages = 64
/** Pages that a rest has to fill to be worth halving: with fewer, one window more is saved than shared. */
const worthHalving = 1.7
/** How much more than half the first of two halves may take, in pages: a forecast is never exact. */
const slack = 0.15
/** The longest part of a window that was too full that is asked for at once. */
const maxShareOfFull = 0.99

/** Spans as such that one request may ask for. */
export function* cutSpans(spans: readonly Span[]): Generator<Span> {
  for (const { start, end } of spans)
    for (let from = start; from < end; from += maxSpanMs)
      yield { start: from, end: Math.min(end, from + maxSpanMs) }
}

/**
 * Which windows to ask for, so that each fits one page and most are nearly full.
 *
 * A stretch is read from its start; the length of the next window follows from what was read before.
 * A worker without a stretch takes half of the longest one's rest.
 */
export function createWalkPlan(gaps: readonly Span[], pageSize: number): WalkPlan {
  const forecast = createForecast()
  const stretches = [...cutSpans(gaps)].map(({ start, end }): Stretch => ({
    start,
    end,
    asked: undefined,
    latest: end,
    outlook: undefined,
  }))
  let page = pageSize

  const rest = ({ asked, start, end, outlook }: Stretch): number =>
    outlook ? forecast.expect(outlook, { start: asked ?? start, end }) : 0

  function share(): Stretch | undefined {
    let [longest, most] = [undefined as Stretch | undefined, 0]
    for (const stretch of stretches) {
      const calls = rest(stretch)
      if (calls > most) [longest, most] = [stretch, calls]
    }
    if (!longest || most < worthHalving * page) return undefined
    const middle = Math.ceil((longest.asked! + longest.end) / 2 / minSpanMs) * minSpanMs
    if (middle <= longest.asked! || middle >= longest.end) return undefined
    const half = { ...longest, start: middle, asked: undefined, latest: longest.end }
    longest.end = middle
    stretches.splice(stretches.indexOf(longest) + 1, 0, half)
    return half
  }

  function windowEnd({ start, end: last, latest, outlook }: Stretch): number {
    const end = Math.min(last, latest)
    if (!outlook || forecast.most(outlook, { start, end }) <= page) return end
    // What is left for two pages is halved, rather than a full one and a remainder.
    const all = forecast.expect(outlook, { start, end: last })
    const limit = Math.min(page, all < worthHalving * page ? all / 2 + slack * page : page)
    // Whole seconds, because a service may cut the rest off.
    let low = Math.floor(start / minSpanMs) + 1
    let high = Math.floor(end / minSpanMs)
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (forecast.most(outlook, { start, end: middle * minSpanMs }) <= limit) low = middle
      else high = middle - 1
    }
    return Math.min(end, low * minSpanMs)
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
      if (stretch.outlook) stretch.outlook = forecast.learn(stretch.outlook, window, times)
      stretch.start = window.end
      stretch.asked = undefined
      stretch.latest = stretch.end
      if (stretch.start >= stretch.end) stretches.splice(stretches.indexOf(stretch), 1)
    },
    shrink(window, count, times) {
      if (window.end - window.start <= minSpanMs) return false
      const stretch = find(window)
      // A server may cut pages shorter than was asked for.
      page = Math.min(page, Math.max(1, times.length))
      const calls =
        count > times.length ? Math.min(count, maxPages * page) : Math.max(2, times.length * 2)
      stretch.outlook = forecast.glimpse(stretch.outlook, window, calls, times)
      stretch.asked = undefined
      // Whatever the forecast says, the same window is not asked for again.
      const latest = window.start + (window.end - window.start) * maxShareOfFull
      stretch.latest = Math.max(
        (Math.floor(window.start / minSpanMs) + 1) * minSpanMs,
        Math.floor(latest / minSpanMs) * minSpanMs,
      )
      return true
    },
    isDone: () => stretches.length === 0,
    expected: () =>
      stretches.every(({ outlook }) => outlook !== undefined)
        ? stretches.reduce((sum, stretch) => sum + rest({ ...stretch, asked: undefined }), 0)
        : undefined,
  }
}
