import { getCallLogs, type CekuraClient } from '@cekura-kit/client'
import { dayMs } from '../../time-units.ts'
import type { ExportState } from '../state/export-state.ts'
import { parseCall, type CallRule } from './parse-call.ts'
import type { Span } from './span.ts'

/** Within the range of one request, with a day at either end. */
const maxBatchSpanMs = 28 * dayMs

type Id = number | bigint
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

export interface ConfirmOptions extends CallRule {
  agentId: number
  signal: AbortSignal
  now: number
  /** The exported range. */
  range: Span
  /** What of it this export reads. */
  spans: readonly Span[]
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
  { agentId, signal, now, range, spans, ...rule }: ConfirmOptions,
): Promise<{ deleted: Id[]; moved: Id[] }> {
  // An id that a request cannot hold cannot be confirmed, and stays.
  const missing = state.missing().filter(({ id }) => Number.isSafeInteger(Number(id)))
  const open = new Set(missing.map(({ id }) => Number(id)))
  const moved: Id[] = []

  async function search(ids: number[], from: number, to: number): Promise<void> {
    const query = {
      agent_id: agentId,
      call_ids: ids,
      timestamp_from: new Date(from),
      timestamp_to: new Date(to),
    }
    for await (const call of getCallLogs(client, query, { signal })) {
      open.delete(call.id)
      const row = parseCall(call, rule)
      if ('reason' in row) continue
      const { timestamp } = row
      if (spans.some(({ start, end }) => timestamp >= start && timestamp < end)) state.upsert(row)
      else moved.push(row.id)
    }
  }

  for (const calls of batch(missing)) {
    const ids = calls.map(({ id }) => Number(id))
    await search(ids, calls[0]!.timestamp - dayMs, calls.at(-1)!.timestamp + dayMs)
  }
  if (open.size > 0) await search([...open], range.start - dayMs, Math.max(range.end, now) + dayMs)
  return { deleted: [...open], moved }
}
