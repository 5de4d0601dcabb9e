import type { Runtime } from '../../src/runtime.ts'
import { withDeadline } from '../../src/transport/deadline.ts'

/** A clock that only waits advance, and a record of the waits. */
export function createVirtualRuntime(): { runtime: Runtime; waits: number[] } {
  const waits: number[] = []
  let nowMs = 1_000_000
  const wait: Runtime['wait'] = async (delayMs, signal, work) => {
    if (work) return withDeadline(delayMs, signal, work)
    waits.push(delayMs)
    nowMs += delayMs
    return undefined
  }
  return { runtime: { now: () => nowMs, random: () => 0, wait }, waits }
}
