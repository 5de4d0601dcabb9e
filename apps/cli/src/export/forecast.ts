import { createRhythm } from './rhythm.ts'
import type { Span } from './span.ts'

/** Calls of a window that an answer has told of, though it could not hold them all. */
interface Glimpse {
  /** In order. */
  times: readonly number[]
  end: number
  /** Calls that the answer left out, and where they are. */
  rest: number
  restSpan: Span
}

/** What is known of the calls of a stretch that is not read yet. */
export interface Outlook {
  /** Calls that were seen, and the weight they were seen in; what is long ago counts less. */
  calls: number
  weight: number
  glimpse: Glimpse | undefined
}

/** How many calls are where nothing was read yet, learnt from what was. */
export interface Forecast {
  expect(outlook: Outlook, span: Span): number
  /** More than that are there now and then only. */
  most(outlook: Outlook, span: Span): number
  /** Takes in a window that was read, with the instants of its calls. */
  learn(outlook: Outlook, window: Span, times: readonly number[]): Outlook
  /**
   * Takes in a window that holds more than its answer.
   *
   * @param calls how many it holds, as far as can be told
   * @param times instants of those in the answer, as they came
   */
  glimpse(
    outlook: Outlook | undefined,
    window: Span,
    calls: number,
    times: readonly number[],
  ): Outlook
}

/** How much of what was seen counts on, from one window to the next. */
const memory = 0.6
/** Calls that a first guess of how many there are is worth. */
const firstGuess = 40
/** How many deviations a window has room for: more waste room, fewer waste answers. */
const room = 1.4
/** Answers that a guess may be wrong by; beyond that its single instants tell nothing. */
const nearPages = 4
/** How many times the calls that were guessed make the guess worthless. */
const farOff = 1.5

const overlap = (a: Span, b: Span): number =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))

function countIn(times: readonly number[], { start, end }: Span): number {
  const before = (time: number): number => {
    let [low, high] = [0, times.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (times[middle]! < time) low = middle + 1
      else high = middle
    }
    return low
  }
  return before(end) - before(start)
}

function seenIn(glimpse: Glimpse | undefined, span: Span): number {
  if (!glimpse) return 0
  const { times, rest, restSpan } = glimpse
  const share = overlap(span, restSpan) / Math.max(1, restSpan.end - restSpan.start)
  return countIn(times, span) + rest * share
}

/**
 * Where the calls are that an answer has left out. No order is documented, and none is needed; where
 * one shows, they are likely to come after the last.
 */
function restOf({ start, end }: Span, times: readonly number[]): Span {
  const isSorted = (sign: number): boolean =>
    times.every((time, at) => at === 0 || (time - times[at - 1]!) * sign >= 0)
  if (isSorted(-1)) return { start, end: times.at(-1)! }
  if (isSorted(1)) return { start: times.at(-1)!, end }
  return { start, end }
}

export function createForecast(): Forecast {
  const rhythm = createRhythm()
  /** Square of what a guess is off by, beside the calls guessed: 1 where calls come by chance. */
  let spread = 1.5

  // Only what no answer has told of has to be guessed.
  const weighUnseen = ({ glimpse }: Outlook, { start, end }: Span): number =>
    Math.max(0, rhythm.weigh(Math.max(start, glimpse?.end ?? start), end))
  const guess = (outlook: Outlook, span: Span): number =>
    (outlook.calls / outlook.weight) * weighUnseen(outlook, span)

  const expect = (outlook: Outlook, span: Span): number =>
    seenIn(outlook.glimpse, span) + guess(outlook, span)

  function judge(outlook: Outlook, window: Span, calls: number): void {
    const guessed = guess(outlook, window)
    if (guessed === 0) return
    const off = calls - expect(outlook, window)
    const square = Math.min(5, off ** 2 / Math.max(1, guessed))
    spread = Math.min(3, Math.max(0.1, spread + 0.06 * (square - spread)))
  }

  return {
    expect,
    most(outlook, span) {
      const guessed = guess(outlook, span)
      return seenIn(outlook.glimpse, span) + guessed + room * Math.sqrt(spread * guessed)
    },
    learn(outlook, window, times) {
      judge(outlook, window, times.length)
      rhythm.learn(window, times, outlook.calls / outlook.weight)
      return {
        ...outlook,
        // Never nothing, so that a silent night is not taken for the end of all calls.
        calls: outlook.calls * memory + times.length + 0.01,
        weight: outlook.weight * memory + rhythm.weigh(window.start, window.end),
      }
    },
    glimpse(before, window, calls, times) {
      if (before) judge(before, window, calls)
      const isFar = !before || calls > farOff * expect(before, window)
      const outlook = isFar
        ? {
            calls: firstGuess,
            weight: (firstGuess * rhythm.weigh(window.start, window.end)) / calls,
          }
        : before
      if (calls > nearPages * times.length) return { ...outlook, glimpse: undefined }
      const rest = calls - times.length
      const sorted = times.toSorted((a, b) => a - b)
      const glimpse = { times: sorted, end: window.end, rest, restSpan: restOf(window, times) }
      return { ...outlook, glimpse }
    },
  }
}
