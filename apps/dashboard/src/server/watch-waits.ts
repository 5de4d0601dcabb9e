import type { Hooks } from '@cekura-kit/client'

/** Hears from the client how long the service asked to wait, so that the page can say so. */
export function watchWaits(now: () => number = Date.now): {
  hooks: Hooks
  waitingUntil: () => number | undefined
} {
  let until: number | undefined
  return {
    hooks: {
      onRetry({ code, delayMs }) {
        if (code === 'rate_limit') until = now() + delayMs
      },
    },
    waitingUntil: () => until,
  }
}
