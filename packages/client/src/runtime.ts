import { withDeadline } from './transport/deadline.ts'

/** What the client uses besides `fetch`, so that tests can pass their own. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 up to, not including, 1. */
  random(): number
  /** Waits between attempts, and limits the time of one. */
  wait: typeof withDeadline
}

/** Clock and randomness are looked up on each use, so that fake timers apply. */
export const systemRuntime: Runtime = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: withDeadline,
}
