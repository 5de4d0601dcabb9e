import type { Hooks } from '@cekura-kit/client'

/** What the API said about its rate limit. */
export interface RateLimits {
  /** How many requests it rejected with 429 so far. */
  count: number
  /** Until when it asked to wait; 0 when it did not. */
  waitingUntil: number
}

/** Follows the 429 responses of a client with these hooks. */
export function watchRateLimits(now: () => number): RateLimits & { hooks: Hooks } {
  const hooks: Hooks = {
    onRetry({ code, delayMs }) {
      if (code !== 'rate_limit') return
      rateLimits.count += 1
      rateLimits.waitingUntil = now() + delayMs
    },
  }
  const rateLimits = { count: 0, waitingUntil: 0, hooks }
  return rateLimits
}
