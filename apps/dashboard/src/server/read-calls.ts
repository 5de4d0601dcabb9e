import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { planParts, type TimeRange } from './load-window.ts'

const maxIds = 100

interface ReadOptions {
  agentId: number
  ids: readonly number[]
  /** Where they are to be found; looked for elsewhere last. */
  range?: TimeRange | undefined
  signal?: AbortSignal | undefined
}

/**
 * Whole calls, read anew by their ids; what is gone is missing. Without a range the service may look
 * at its last days alone, and it refuses long ones, so the range is named, in parts.
 */
export async function readCalls(
  client: CekuraClient,
  { agentId, ids, range, signal }: ReadOptions,
): Promise<Map<number, CallLog>> {
  const found = new Map<number, CallLog>()
  for (const part of [...(range ? planParts(range) : []), undefined]) {
    const missing = ids.filter((id) => !found.has(id))
    for (let at = 0; at < missing.length; at += maxIds) {
      const query = {
        agent_id: agentId,
        call_ids: missing.slice(at, at + maxIds).join(','),
        page_size: maxIds,
        ...(part && { timestamp_from: new Date(part.from), timestamp_to: new Date(part.to) }),
      }
      for await (const call of client.callLogs.list(query, { ...(signal && { signal }) }))
        if (missing.includes(call.id)) found.set(call.id, call)
    }
  }
  return found
}
