/** Successes after which one more concurrent request is tried. */
const successesPerStep = 20

/** How many requests may run at a time: one fewer per rate limit, recovering slowly. */
export function createConcurrencyLimit(max: number) {
  let limit = max
  let successes = 0
  return {
    limit: (): number => limit,
    /** A request was rate limited. */
    slow(): void {
      successes = 0
      limit = Math.max(1, limit - 1)
    },
    /** A request succeeded. */
    good(): void {
      successes += 1
      if (successes % successesPerStep === 0) limit = Math.min(max, limit + 1)
    },
  }
}
export type ConcurrencyLimit = ReturnType<typeof createConcurrencyLimit>
