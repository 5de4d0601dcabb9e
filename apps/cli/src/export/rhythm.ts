const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Calls that stand for a guess of no rhythm at all until others have been seen. */
const guess = 10

/** How calls spread over the hours of a day, learnt from those that were read. */
export interface Rhythm {
  /** How much of what an average time sees falls between two instants, in milliseconds of it. */
  weigh(start: number, end: number): number
  /** The instant up to which a weight has passed since `start`. */
  advance(start: number, weight: number): number
  /** Takes in the instants of all calls of a span. */
  learn(start: number, end: number, times: readonly number[]): void
}

/** By hour of the day in UTC; what differs between days is left to whoever asks. */
export function createRhythm(): Rhythm {
  const seenMs = Array.from({ length: 24 }, () => 0)
  const calls = Array.from({ length: 24 }, () => 0)
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
    advance(start, weight) {
      const wanted = passed(start) + weight
      const day = Math.floor(wanted / before[24]!)
      const rest = wanted - day * before[24]!
      let hour = 0
      while (hour < 23 && before[hour + 1]! <= rest) hour++
      const share = (rest - before[hour]!) / (before[hour + 1]! - before[hour]!)
      return day * dayMs + (hour + Math.min(1, share)) * hourMs
    },
    learn(start, end, times) {
      for (let at = start; at < end;) {
        const next = Math.min(end, (Math.floor(at / hourMs) + 1) * hourMs)
        seenMs[Math.floor((at % dayMs) / hourMs)]! += next - at
        at = next
      }
      for (const time of times) calls[Math.floor((time % dayMs) / hourMs)]! += 1
      const average =
        (calls.reduce((sum, n) => sum + n, 0) + 1) / seenMs.reduce((sum, n) => sum + n, 0)
      const weights = calls.map(
        (n, hour) => (n + guess) / (seenMs[hour]! + guess / average) / average,
      )
      before = [0]
      for (const weight of weights) before.push(before.at(-1)! + weight * hourMs)
    },
  }
}
