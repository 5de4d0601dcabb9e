import { createMetricsCsv, encodeNdjsonRow } from '@cekura-kit/call-format'
import { hideSensitive } from '@cekura-kit/call-format/declared'
import { getCallLogs, type CallLog, type CekuraClient } from '@cekura-kit/client'
import type { ExportQuery } from '../shared/dashboard-api.ts'
import type { Order } from '../shared/columns.ts'
import type { PreparedCall } from './prepare-call.ts'
import { inOrder, type Selection } from './select-calls.ts'
import { metricFormats } from './summarize.ts'

const rowsPerChunk = 100

const types: Record<ExportQuery['format'], string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

interface Export extends Pick<ExportQuery, 'agent_id' | 'format' | 'pii'> {
  from: number
  to: number
  sort: Order
}

/** Reloads the calls with fields that were too long to keep; deleted ones are missing. */
async function readWhole(
  client: CekuraClient,
  calls: readonly PreparedCall[],
  { agent_id, from, to }: Export,
  signal: AbortSignal,
): Promise<Map<number, CallLog>> {
  const whole = new Map<number, CallLog>()
  const call_ids = calls.filter(({ cut }) => cut.length > 0).map(({ id }) => id)
  if (call_ids.length === 0) return whole
  const range = { timestamp_from: new Date(from), timestamp_to: new Date(to) }
  for await (const call of getCallLogs(client, { agent_id, call_ids, ...range }, { signal }))
    whole.set(call.id, call)
  return whole
}

/** A kept call with its complete fields; those of a deleted call stay shortened. */
const complete = ({ call, cut }: PreparedCall, whole: CallLog | undefined): CallLog =>
  whole
    ? { ...call, ...Object.fromEntries(cut.map((name) => [name, whole[name as keyof CallLog]])) }
    : call

/**
 * Calls as a file, written as fast as it is read. When a long field cannot be read, the file breaks
 * off, so that it is not mistaken for a complete one.
 */
export function exportCalls(
  client: CekuraClient,
  selection: Selection,
  query: Export,
): ReadableStream<Uint8Array> {
  const calls = inOrder(selection, query.sort)
  // Each metric is a column.
  const metrics = [...metricFormats(selection.snapshot)].toSorted(([a], [b]) => a - b)
  const csv = createMetricsCsv(new Map(metrics.map(([id, { name }]) => [id, name])))
  const encode = query.format === 'csv' ? csv.encode : encodeNdjsonRow
  const encodeRow = (row: PreparedCall, whole: CallLog | undefined): string => {
    try {
      return encode(hideSensitive({ ...complete(row, whole) }, query.pii))
    } catch {
      // A field that is nested too deeply does not stop the other calls.
      return encode(hideSensitive({ ...row.call }, query.pii))
    }
  }
  const encoder = new TextEncoder()
  const abort = new AbortController()
  let at = 0
  return new ReadableStream({
    start(controller) {
      if (query.format === 'csv') controller.enqueue(encoder.encode(csv.header))
    },
    async pull(controller) {
      const rows = calls.slice(at, at + rowsPerChunk)
      at += rows.length
      if (rows.length === 0) return controller.close()
      const whole = await readWhole(client, rows, query, abort.signal)
      const lines = rows.map((row) => encodeRow(row, whole.get(row.id)))
      controller.enqueue(encoder.encode(lines.join('')))
    },
    cancel: () => abort.abort(),
  })
}

const stamp = (time: number): string => new Date(time).toISOString().slice(0, 16).replace(':', '')

/** Names the file, such as `calls-2142-2025-01-01T0000-2025-01-31T0000.csv`. */
export const exportHeaders = ({ agent_id, from, to, format }: Export): Record<string, string> => ({
  'content-type': types[format],
  'content-disposition': `attachment; filename="calls-${agent_id}-${stamp(from)}-${stamp(to)}.${format}"`,
})
