import { waitFor, type Effects } from '../src/effects.ts'

/** A clock that stands still, and no wait between attempts. */
export const stillEffects: Effects = {
  now: () => 0,
  random: () => 0,
  wait: async (delayMs, signal, work) => work && waitFor(delayMs, signal, work),
}
