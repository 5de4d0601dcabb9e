import type { CallLog } from '@cekura-kit/types'
import type { SandboxStore } from './sandbox-store.ts'

// No computed row and no agent has ids from there on.
const firstId = 2_100_000_001
const instant = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

/** Changes that happen by themselves at a service. Each gives the ids it wrote. */
export interface SandboxWrites {
  /** A call, later than all that are there by so much. */
  insertNewest(agentId: number, laterMs: number): number[]
  /** A call in the midst of the others; `unit` from 0 to 1 says where. */
  insertLate(agentId: number, unit: number): number[]
  /** Calls from that rank on, newest first. */
  remove(agentId: number, rank: number, howMany: number): number[]
  /** The call at that rank, as if a person had reviewed it an hour after the newest. */
  review(agentId: number, rank: number): number[]
  count(agentId: number): number
}

export function createSandboxWrites(store: SandboxStore): SandboxWrites {
  let nextId = firstId
  const at = (agentId: number, rank: number): CallLog | undefined =>
    store.select({ agentId }, rank, 1).results[0]
  const count = (agentId: number): number => store.select({ agentId }, 0, 0).count

  /** A copy of a call, in another's place. */
  function insert(like: CallLog, time: number): number[] {
    const id = nextId++
    const call = { ...like, id, call_id: `call_${id.toString(36)}`, timestamp: instant(time) }
    const shiftMs = time - Date.parse(like.timestamp)
    // What control has inserted need not have them.
    for (const name of ['created_at', 'updated_at'] as const)
      if (like[name]) call[name] = instant(Date.parse(like[name]) + shiftMs)
    store.insert([call])
    return [id]
  }

  return {
    count,
    insertNewest(agentId, laterMs) {
      const newest = at(agentId, 0)
      return newest ? insert(newest, Date.parse(newest.timestamp) + laterMs) : []
    },
    insertLate(agentId, unit) {
      const last = count(agentId) - 1
      if (last < 0) return []
      const [from, to] = [last, 0].map((rank) => Date.parse(at(agentId, rank)!.timestamp))
      const like = at(agentId, Math.floor(unit * last))!
      return insert(like, Math.floor(from! + unit * (to! - from!)))
    },
    remove(agentId, rank, howMany) {
      const ids = store.select({ agentId }, rank, howMany).results.map(({ id }) => id)
      store.remove(ids)
      return ids
    },
    review(agentId, rank) {
      const call = at(agentId, rank)
      if (!call || call.is_reviewed) return []
      const success = call.success ?? false
      store.update(call.id, {
        is_reviewed: true,
        success,
        status: success ? 'reviewed_success' : 'reviewed_failure',
        feedback: 'Reviewed later.',
        updated_at: instant(Date.parse(at(agentId, 0)!.timestamp) + 3_600_000),
      })
      return [call.id]
    },
  }
}
