import { hourMs } from '../../time-units.ts'

/** How long the mean rate counts in an hour without history. */
const priorMs = 60_000
/** How much of an hour's history counts on the next day. */
const memory = 0.75

/** The hours between two times, until `visit` returns true. */
function visitHours(
  start: number,
  end: number,
  visit: (from: number, to: number) => boolean | void,
): void {
  for (let from = start; from < end;) {
    const to = Math.min(end, (Math.floor(from / hourMs) + 1) * hourMs)
    if (visit(from, to)) return
    from = to
  }
}

/** Calls per hour of the UTC day, learned from windows that were read. */
export function createHourlyRate() {
  const hours = Array.from({ length: 24 }, () => ({ calls: 0, ms: 0 }))
  const total = { calls: 0, ms: 0 }
  const rateAt = (time: number): number => {
    const { calls, ms } = hours[Math.floor(time / hourMs) % 24]!
    const mean = total.calls / Math.max(1, total.ms)
    return (calls + mean * priorMs) / (ms + priorMs)
  }
  function expect(start: number, end: number): number {
    let calls = 0
    visitHours(start, end, (from, to) => {
      calls += rateAt(from) * (to - from)
    })
    return calls
  }
  return {
    /** Calls that are probably between two times. */
    expect,
    /** The time until which `calls` calls are expected, at most `end`. */
    reach(start: number, calls: number, end: number): number {
      let [left, reached] = [calls, end]
      visitHours(start, end, (from, to) => {
        const expected = rateAt(from) * (to - from)
        if (expected >= left) reached = from + ((to - from) * left) / expected
        left -= expected
        return left <= 0
      })
      return reached
    },
    learn(start: number, end: number, calls: number): void {
      const share = calls / Math.max(1e-9, expect(start, end))
      const isEmpty = total.ms === 0
      const learned: [number, number, number][] = []
      visitHours(start, end, (from, to) => {
        const part = isEmpty ? calls / (end - start) : rateAt(from) * share
        learned.push([Math.floor(from / hourMs) % 24, to - from, part * (to - from)])
      })
      for (const [hour, ms, part] of learned) {
        const bin = hours[hour]!
        const kept = memory ** (ms / hourMs)
        bin.calls = bin.calls * kept + part
        bin.ms = bin.ms * kept + ms
      }
      total.calls += calls
      total.ms += end - start
    },
  }
}
