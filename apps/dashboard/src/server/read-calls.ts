import type { TimeRange } from '@cekura-kit/call-format'
import { getCallLogs, type CallLog, type CekuraClient } from '@cekura-kit/client'

interface ReadOptions {
  agentId: number
  ids: readonly number[]
  /** Where to search first. */
  range?: TimeRange | undefined
  signal?: AbortSignal | undefined
}

/**
 * Whole calls by id, requested again; deleted ones are missing. They are searched in the range
 * first, because without one the API can look back only some days.
 */
export async function readCalls(
  client: CekuraClient,
  { agentId, ids, range, signal }: ReadOptions,
): Promise<Map<number, CallLog>> {
  const found = new Map<number, CallLog>()
  const ranges = [
    ...(range ? [{ timestamp_from: new Date(range.from), timestamp_to: new Date(range.to) }] : []),
    {},
  ]
  for (const part of ranges) {
    const missing = ids.filter((id) => !found.has(id))
    if (missing.length === 0) break
    const query = { agent_id: agentId, call_ids: missing, ...part }
    for await (const call of getCallLogs(client, query, { signal })) found.set(call.id, call)
  }
  return found
}
