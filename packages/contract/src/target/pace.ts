export interface PaceOptions {
  /** Minimum milliseconds from the start of one turn to the start of the next. */
  pauseMs: number
  /** Milliseconds since any point in time. */
  now: () => number
  sleep: (ms: number) => Promise<void>
}

export interface Pace {
  /** Resolves when the next request may start, in the order of the calls. */
  turn(): Promise<void>
  /** Starts no turn before the milliseconds have passed. */
  rest(ms: number): void
}

/** Spaces out requests. */
export function createPace({ pauseMs, now, sleep }: PaceOptions): Pace {
  let free = Number.NEGATIVE_INFINITY
  let last = Promise.resolve()
  async function take(): Promise<void> {
    // A rest that started while this turn waited counts too.
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
