import { dayMs } from '@cekura-kit/call-format'
import { getCallLogs, type CekuraClient } from '@cekura-kit/client'
import type { ExportState } from '../state/export-state.ts'
import { parseCall } from './parse-call.ts'
import type { ReadOptions } from './read-windows.ts'
import type { Span } from './span.ts'

/**
 * Requests calls by id that are missing from their windows, in the whole range, before they count as
 * deleted: a call whose time was corrected has moved to another window.
 *
 * @returns ids that the API no longer has, and ids of calls that left the exported range
 */
export async function confirmDeletions(
  client: CekuraClient,
  state: ExportState,
  range: Span,
  { agentId, pii, signal, now }: ReadOptions,
): Promise<{ deleted: number[]; moved: number[] }> {
  const missing = new Set(state.missing())
  const moved: number[] = []
  if (missing.size === 0) return { deleted: [], moved }
  const query = {
    agent_id: agentId,
    call_ids: [...missing],
    timestamp_from: new Date(range.start - dayMs),
    timestamp_to: new Date(Math.max(range.end, now()) + dayMs),
  }
  for await (const call of getCallLogs(client, query, { signal })) {
    missing.delete(call.id)
    const row = parseCall(call, pii)
    if ('reason' in row) continue
    if (row.timestamp >= range.start && row.timestamp < range.end) state.upsert(row)
    else moved.push(row.id)
  }
  return { deleted: [...missing], moved }
}
