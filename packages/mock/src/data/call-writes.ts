import type { VirtualClock } from '../control/virtual-clock.ts'
import { formatDateTime } from '../validate-input.ts'
import type { CallStore } from './call-store.ts'
import type { StoredCall } from './stored-call.ts'

// Above the ids of every agent's generated calls.
const firstId = 2_100_000_001

/** Changes that happen on their own at a service. Each returns the ids it wrote. */
export interface CallWrites {
  /** Adds a call that much later than the newest one. */
  insertNewest(agentId: number | undefined, laterMs: number): number[]
  /** Adds a call between the others; `unit` from 0 to 1 selects where. */
  insertLate(agentId: number | undefined, unit: number): number[]
  /** Removes the call at that rank, newest first. */
  remove(agentId: number | undefined, rank: number): number[]
  /** An id for a new call. */
  newId(): number
  /** Reviews the call at that rank now, unless a person has reviewed it. */
  review(agentId: number | undefined, rank: number): number[]
  count(agentId: number | undefined): number
}

/** A call with another id, shifted in time. It is evaluated and reviewed as the original was. */
function shifted(like: StoredCall, id: number, timeMs: number): StoredCall {
  const shiftMs = timeMs - like.timeMs
  return {
    ...like,
    id,
    timeMs,
    createdMs: like.createdMs + shiftMs,
    read(nowMs) {
      const call = like.read(nowMs - shiftMs)
      const copy = { ...call, id, call_id: `call_${id.toString(36)}` }
      for (const name of ['timestamp', 'created_at', 'updated_at'] as const)
        // A call that a test inserted can lack them.
        if (call[name]) copy[name] = formatDateTime(Date.parse(call[name]) + shiftMs)
      return copy
    },
  }
}

export function createCallWrites(store: CallStore, clock: VirtualClock): CallWrites {
  let nextId = firstId
  const of = (agentId: number | undefined): StoredCall[] => store.find({ agentId })

  function insert(call: StoredCall): number[] {
    // A record cannot come from the future.
    clock.reach(Math.max(call.timeMs, call.createdMs))
    store.put([call])
    return [call.id]
  }

  return {
    newId: () => nextId++,
    count: (agentId) => of(agentId).length,
    insertNewest(agentId, laterMs) {
      const [newest] = of(agentId)
      return newest ? insert(shifted(newest, nextId++, newest.timeMs + laterMs)) : []
    },
    insertLate(agentId, unit) {
      const calls = of(agentId)
      const [newest, oldest] = [calls[0], calls.at(-1)]
      if (!newest || !oldest) return []
      const like = calls[Math.floor(unit * (calls.length - 1))]!
      const timeMs = Math.floor(oldest.timeMs + unit * (newest.timeMs - oldest.timeMs))
      return insert(shifted(like, nextId++, timeMs))
    },
    remove(agentId, rank) {
      const ids = of(agentId)
        .slice(rank, rank + 1)
        .map(({ id }) => id)
      store.remove(ids)
      return ids
    },
    review(agentId, rank) {
      const call = of(agentId)[rank]?.read(clock.nowMs())
      if (!call || call.is_reviewed) return []
      const success = call.success ?? false
      store.update(call.id, {
        is_reviewed: true,
        success,
        status: success ? 'reviewed_success' : 'reviewed_failure',
        feedback: 'Reviewed later.',
        updated_at: formatDateTime(clock.nowMs()),
      })
      return [call.id]
    },
  }
}
