import { randomBytes } from 'node:crypto'
import { csvHeader, encodeCsvRow, encodeNdjsonRow, hidePersonalData } from '@cekura-kit/call-format'
import { createKeyedHash } from '@cekura-kit/call-format/keyed-hash'
import type { CallLog } from '@cekura-kit/types'
import type { ExportQuery } from '../shared/dashboard-api.ts'
import type { PreparedCall } from './prepare-call.ts'

const rowsPerChunk = 100

export const exportTypes: Record<ExportQuery['format'], string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

interface ExportOptions extends Pick<ExportQuery, 'format' | 'pii'> {
  /** Reads calls whole, for the fields that were too long to keep. */
  readWhole: (
    ids: readonly number[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<number, Partial<CallLog>>>
}

/** A call as it was kept, with its cut fields put back; those of a call that is gone stay cut. */
const putBack = ({ call, cut }: PreparedCall, whole: Partial<CallLog> | undefined): CallLog =>
  whole === undefined || cut.length === 0
    ? call
    : { ...call, ...Object.fromEntries(cut.map((name) => [name, whole[name as keyof CallLog]])) }

/**
 * Calls as a file, written as fast as it is read. Hashes of one file compare with no other's. When a
 * long field cannot be read the file breaks off, so that no one takes it for whole.
 */
export function exportCalls(
  calls: readonly PreparedCall[],
  { format, pii, readWhole }: ExportOptions,
): ReadableStream<Uint8Array> {
  const hash = createKeyedHash(randomBytes(32).toString('hex'))
  const encode = format === 'csv' ? encodeCsvRow : encodeNdjsonRow
  const encoder = new TextEncoder()
  const abort = new AbortController()
  let at = 0
  return new ReadableStream({
    start(controller) {
      if (format === 'csv') controller.enqueue(encoder.encode(csvHeader))
    },
    async pull(controller) {
      const rows = calls.slice(at, at + rowsPerChunk)
      at += rows.length
      if (rows.length === 0) return controller.close()
      const ids = rows.filter(({ cut }) => cut.length > 0).map(({ call }) => call.id)
      const whole = ids.length > 0 ? await readWhole(ids, abort.signal) : new Map()
      const text = rows.map((row) =>
        encode(hidePersonalData({ ...putBack(row, whole.get(row.call.id)) }, pii, hash)),
      )
      controller.enqueue(encoder.encode(text.join('')))
    },
    cancel: () => abort.abort(),
  })
}

const stamp = (time: number): string => new Date(time).toISOString().slice(0, 16).replace(':', '')

/** `calls-2142-2025-01-01T0000-2025-01-31T0000.csv`; made of numbers alone. */
export const exportName = (query: {
  agent_id: number
  from: number
  to: number
  format: string
}): string => `calls-${query.agent_id}-${stamp(query.from)}-${stamp(query.to)}.${query.format}`
