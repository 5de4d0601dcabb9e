export interface PaceOptions {
  /** Milliseconds from the start of one turn to the start of the next, at least. */
  pauseMs: number
  /** Milliseconds from any point on. */
  now: () => number
  sleep: (ms: number) => Promise<void>
}

export interface Pace {
  /** Resolves when the next request may start; turns are given in the order they are asked for. */
  turn(): Promise<void>
  /** No turn starts before so many milliseconds have passed. */
  rest(ms: number): void
}

/** Keeps requests apart, however they are asked for. */
export function createPace({ pauseMs, now, sleep }: PaceOptions): Pace {
  let free = Number.NEGATIVE_INFINITY
  let last = Promise.resolve()
  async function take(): Promise<void> {
    // A rest that began while this turn waited counts as well.
    while (free > now()) await sleep(free - now())
    free = now() + pauseMs
  }
  return {
    turn: () => (last = last.then(take)),
    rest(ms) {
      free = Math.max(free, now() + ms)
    },
  }
}
