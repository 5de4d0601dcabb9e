import type { Hooks } from '@cekura-kit/client'

/** Remembers how long the API asked to wait, so that the page can show it. */
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
