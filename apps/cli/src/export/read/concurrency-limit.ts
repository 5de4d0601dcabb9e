export interface ConcurrencyLimit {
  limit(): number
  /** A request was rate limited. */
  slow(): void
  /** A request succeeded. */
  good(): void
}

/** Successes after which one more concurrent request is tried. */
const successesPerStep = 20
/** Rejections of concurrent requests count once. */
const cooldownMs = 1000

/** Halves on a rate limit and recovers by one, like TCP. */
export function createConcurrencyLimit(max: number, now: () => number): ConcurrencyLimit {
  let limit = max
  let successes = 0
  let slowedAt = Number.NEGATIVE_INFINITY
  return {
    limit: () => limit,
    slow() {
      successes = 0
      if (now() - slowedAt < cooldownMs) return
      slowedAt = now()
      limit = Math.max(1, Math.floor(limit / 2))
    },
    good() {
      successes += 1
      if (successes < successesPerStep || limit >= max) return
      successes = 0
      limit += 1
    },
  }
}
