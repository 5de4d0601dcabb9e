import { getCallLogs, type CekuraClient } from '@cekura-kit/client'
import { dayMs } from '../../time-units.ts'
import type { ExportState } from '../state/export-state.ts'
import type { ExportPii } from '../flags.ts'
import { parseCall } from './parse-call.ts'
import type { Span } from './span.ts'

/** Within the range of one request, with a day at either end. */
const maxBatchSpanMs = 28 * dayMs

type Missing = ReturnType<ExportState['missing']>

/** Calls that are close in time, oldest first. */
function* batch(missing: Missing): Generator<Missing> {
  let calls: Missing = []
  for (const call of missing) {
    if (calls.length > 0 && call.timestamp - calls[0]!.timestamp > maxBatchSpanMs) {
      yield calls
      calls = []
    }
    calls.push(call)
  }
  if (calls.length > 0) yield calls
}

export interface ConfirmOptions {
  agentId: number
  pii: ExportPii
  signal: AbortSignal
  now: number
  /** The exported range. */
  range: Span
}

/**
 * Requests calls by id that are missing from their windows, before they count as deleted: a call whose
 * time was corrected has moved to another window. Each is searched near its old time first, then in
 * the whole range.
 *
 * @returns ids that the API no longer has, and ids of calls that left the exported range
 */
export async function confirmDeletions(
  client: CekuraClient,
  state: ExportState,
  { agentId, pii, signal, now, range }: ConfirmOptions,
): Promise<{ deleted: number[]; moved: number[] }> {
  const missing = state.missing()
  const open = new Set(missing.map(({ id }) => id))
  const moved: number[] = []

  async function search(ids: number[], from: number, to: number): Promise<void> {
    const query = {
      agent_id: agentId,
      call_ids: ids,
      timestamp_from: new Date(from),
      timestamp_to: new Date(to),
    }
    for await (const call of getCallLogs(client, query, { signal })) {
      open.delete(call.id)
      const row = parseCall(call, pii)
      if ('reason' in row) continue
      const { timestamp } = row
      if (timestamp >= range.start && timestamp < range.end) state.upsert(row)
      else moved.push(row.id)
    }
  }

  for (const calls of batch(missing)) {
    const ids = calls.map(({ id }) => id)
    await search(ids, calls[0]!.timestamp - dayMs, calls.at(-1)!.timestamp + dayMs)
  }
  if (open.size > 0) await search([...open], range.start - dayMs, Math.max(range.end, now) + dayMs)
  return { deleted: [...open], moved }
}
