import { createMetricsCsv, encodeNdjsonRow } from '@cekura-kit/call-format'
import { hideSensitive } from '@cekura-kit/call-format/declared'
import type { CallLog } from '@cekura-kit/types'
import type { ExportQuery } from '../shared/dashboard-api.ts'
import type { PreparedCall } from './prepare-call.ts'

const rowsPerChunk = 100

export const exportTypes: Record<ExportQuery['format'], string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

interface ExportOptions extends Pick<ExportQuery, 'format' | 'pii'> {
  /** Names of the metrics by id; each is a column of the CSV. */
  metrics: ReadonlyMap<number, string>
  /** Reloads calls, for the fields that were too long to keep. */
  readWhole: (
    ids: readonly number[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<number, Partial<CallLog>>>
}

/** A kept call with its complete fields; those of a deleted call stay shortened. */
const complete = ({ call, cut }: PreparedCall, whole: Partial<CallLog> | undefined): CallLog =>
  whole === undefined || cut.length === 0
    ? call
    : { ...call, ...Object.fromEntries(cut.map((name) => [name, whole[name as keyof CallLog]])) }

/**
 * Calls as a file, written as fast as it is read. When a long field cannot be read, the file breaks
 * off, so that it is not mistaken for a complete one.
 */
export function exportCalls(
  calls: readonly PreparedCall[],
  { format, pii, metrics, readWhole }: ExportOptions,
): ReadableStream<Uint8Array> {
  const csv = createMetricsCsv(metrics)
  const encode = format === 'csv' ? csv.encode : encodeNdjsonRow
  const encodeRow = (row: PreparedCall, whole: Partial<CallLog> | undefined): string => {
    try {
      return encode(hideSensitive({ ...complete(row, whole) }, pii))
    } catch {
      // A call that cannot be encoded in full does not stop the others.
      return encode(hideSensitive({ ...row.call }, pii))
    }
  }
  const encoder = new TextEncoder()
  const abort = new AbortController()
  let at = 0
  return new ReadableStream({
    start(controller) {
      if (format === 'csv') controller.enqueue(encoder.encode(csv.header))
    },
    async pull(controller) {
      const rows = calls.slice(at, at + rowsPerChunk)
      at += rows.length
      if (rows.length === 0) return controller.close()
      const ids = rows.filter(({ cut }) => cut.length > 0).map(({ id }) => id)
      const whole = ids.length > 0 ? await readWhole(ids, abort.signal) : new Map()
      const text = rows.map((row) => encodeRow(row, whole.get(row.id)))
      controller.enqueue(encoder.encode(text.join('')))
    },
    cancel: () => abort.abort(),
  })
}

const stamp = (time: number): string => new Date(time).toISOString().slice(0, 16).replace(':', '')

/** `calls-2142-2025-01-01T0000-2025-01-31T0000.csv` */
export const exportName = (query: {
  agent_id: number
  from: number
  to: number
  format: string
}): string => `calls-${query.agent_id}-${stamp(query.from)}-${stamp(query.to)}.${query.format}`
