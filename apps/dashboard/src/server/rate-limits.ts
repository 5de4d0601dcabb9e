import type { Hooks } from '@cekura-kit/client'

/** What the API said about its rate limit. */
export interface RateLimits {
  /** How many requests it rejected with 429 so far. */
  count(): number
  /** Until when it asked to wait, so that the page can show it. */
  waitingUntil(): number | undefined
}

/** Follows the 429 responses of a client with these hooks. */
export function watchRateLimits(now: () => number = Date.now): RateLimits & { hooks: Hooks } {
  let count = 0
  let until: number | undefined
  return {
    hooks: {
      onRetry({ code, delayMs }) {
        if (code !== 'rate_limit') return
        count += 1
        until = now() + delayMs
      },
    },
    count: () => count,
    waitingUntil: () => until,
  }
}
