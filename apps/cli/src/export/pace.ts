/** How many requests may run at a time. */
export interface Pace {
  limit(): number
  /** The service has asked for less. */
  slow(): void
  /** An answer came as it should. */
  good(): void
}

/** Good answers after which one more request is tried. */
const goodPerStep = 20
/** Refusals of requests that ran together are one piece of news. */
const deafMs = 1000

/** Halves at a refusal and recovers by one, as TCP does. */
export function createPace(most: number, now: () => number): Pace {
  let limit = most
  let streak = 0
  let slowedAt = Number.NEGATIVE_INFINITY
  return {
    limit: () => limit,
    slow() {
      streak = 0
      if (now() - slowedAt < deafMs) return
      slowedAt = now()
      limit = Math.max(1, Math.floor(limit / 2))
    },
    good() {
      streak += 1
      if (streak < goodPerStep || limit >= most) return
      streak = 0
      limit += 1
    },
  }
}
