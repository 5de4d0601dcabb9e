import type { Span } from './span.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Calls that stand for a guess of no rhythm at all until others have been seen. */
const guess = 5

/** How calls spread over the hours of a day, learnt from those that were read. */
export interface Rhythm {
  /** How much of what an average time sees falls between two instants, in milliseconds of it. */
  weigh(start: number, end: number): number
  /**
   * Takes in the instants of all calls of a span.
   *
   * @param density calls in a millisecond that were to be expected here at an average hour
   */
  learn(span: Span, times: readonly number[], density: number): void
}

const hourOf = (time: number): number => Math.floor((time % dayMs) / hourMs)

/** By hour of the day in UTC; what differs between days is left to whoever asks. */
export function createRhythm(): Rhythm {
  const expected = Array.from({ length: 24 }, () => guess)
  const calls = Array.from({ length: 24 }, () => guess)
  /** Weight before each hour of a day, and of the whole day. */
  let before = Array.from({ length: 25 }, (_, hour) => hour * hourMs)

  const passed = (time: number): number => {
    const day = Math.floor(time / dayMs)
    const inDay = time - day * dayMs
    const hour = Math.floor(inDay / hourMs)
    const share = (inDay - hour * hourMs) / hourMs
    return day * before[24]! + before[hour]! + share * (before[hour + 1]! - before[hour]!)
  }

  return {
    weigh: (start, end) => passed(end) - passed(start),
    learn({ start, end }, times, density) {
      for (let at = start; at < end;) {
        const next = Math.min(end, (Math.floor(at / hourMs) + 1) * hourMs)
        expected[hourOf(at)]! += (next - at) * density
        at = next
      }
      for (const time of times) calls[hourOf(time)]! += 1
      before = [0]
      for (const [hour, n] of calls.entries())
        before.push(before.at(-1)! + (n / expected[hour]!) * hourMs)
    },
  }
}
