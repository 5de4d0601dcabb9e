import type { Runtime } from '../../src/runtime.ts'
import { withDeadline } from '../../src/transport/deadline.ts'

/** A clock that does not advance, and no wait between attempts. */
export const fixedRuntime: Runtime = {
  now: () => 0,
  random: () => 0,
  wait: async (delayMs, signal, work) => work && withDeadline(delayMs, signal, work),
}

/** A fixed runtime that records the waits between attempts. */
export function createRecordingRuntime(): { runtime: Runtime; waits: number[] } {
  const waits: number[] = []
  const wait: Runtime['wait'] = async (delayMs, signal, work) => {
    if (work) return withDeadline(delayMs, signal, work)
    waits.push(delayMs)
    return undefined
  }
  return { runtime: { ...fixedRuntime, wait }, waits }
}
