import { randomBytes } from 'node:crypto'
import { csvHeader, encodeCsvRow, encodeNdjsonRow, hidePersonalData } from '@cekura-kit/calls'
import { createKeyedHash } from '@cekura-kit/calls/keyed-hash'
import type { ExportQuery } from '../shared/dashboard-api.ts'
import type { PreparedCall } from './prepare-call.ts'

const rowsPerChunk = 500

export const exportTypes: Record<ExportQuery['format'], string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

/** Calls as a file, written as fast as it is read. Hashes of one file compare with no other's. */
export function exportCalls(
  calls: readonly PreparedCall[],
  { format, pii }: Pick<ExportQuery, 'format' | 'pii'>,
): ReadableStream<Uint8Array> {
  const hash = createKeyedHash(randomBytes(32).toString('hex'))
  const encode = format === 'csv' ? encodeCsvRow : encodeNdjsonRow
  const encoder = new TextEncoder()
  let at = 0
  return new ReadableStream({
    start(controller) {
      if (format === 'csv') controller.enqueue(encoder.encode(csvHeader))
    },
    pull(controller) {
      const rows = calls.slice(at, at + rowsPerChunk)
      at += rows.length
      if (rows.length === 0) return controller.close()
      const text = rows.map(({ call }) =>
        encode(hidePersonalData(call, pii, hash) as Record<string, unknown>),
      )
      controller.enqueue(encoder.encode(text.join('')))
    },
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
