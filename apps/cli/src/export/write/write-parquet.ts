import { readDuration, splitColumns } from '@cekura-kit/call-format'
import { setImmediate as turn } from 'node:timers/promises'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { SchemaElement, Writer } from 'hyparquet-writer'
import { readMicros } from '../read/instant.ts'
import { callColumns, metricColumns, type Columns, type ColumnType } from './table-columns.ts'
import { createFile, type NewFile, type WriteOptions } from './write-files.ts'
import type { FileRecord } from '../state/records.ts'

type Row = Record<string, unknown>

/** A stored call. */
export interface ExportedCall {
  call: Row
  /** When the API was found to no longer have it. */
  deletedAt: string | null
}

type ElementType = Omit<SchemaElement, 'name' | 'repetition_type'>

const text: ElementType = {
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  logical_type: { type: 'STRING' },
}
const elements: Record<ColumnType, ElementType> = {
  integer: { type: 'INT64' },
  seconds: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  // Readers disagree about JSON columns; all of them read a string.
  json: text,
  text,
}

const toElement = (name: string, type: ColumnType): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...elements[type],
})

/** A value as its column takes it; null if it has another type. */
function toColumn(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type === 'integer') return Number.isSafeInteger(value) ? BigInt(value as number) : null
  if (type === 'seconds') return Number(value) < 2 ** 31 ? value : null
  if (type === 'number') return typeof value === 'number' ? value : null
  if (type === 'boolean') return typeof value === 'boolean' ? value : null
  if (type === 'instant') return readMicros(value) ?? null
  if (type === 'json') return JSON.stringify(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const toCall = ({ call, deletedAt }: ExportedCall): Row[] => [
  {
    ...splitColumns(call),
    duration_seconds: readDuration(call['duration']),
    _deleted_at: deletedAt,
  },
]

// A deleted call must not count in charts; the table of calls still has its metrics.
const toMetrics = ({ call: { id, timestamp, metrics }, deletedAt }: ExportedCall): Row[] =>
  deletedAt !== null || !Array.isArray(metrics)
    ? []
    : (metrics as Row[]).map((metric) => ({
        ...metric,
        call_log_id: id,
        timestamp,
        metric_id: metric['id'],
      }))

/** The output of hyparquet-writer, written to the file after each group of rows. */
function createWriter(file: NewFile): Writer {
  const writer = new ByteWriter()
  const flush = (): void => {
    file.write(writer.getBytes())
    writer.index = 0
  }
  return Object.assign(writer, { flush, finish: flush })
}

export const parquetSchemaVersion = '1'
/** A group is in memory before it is written; many small ones cost more than they save. */
const groupRows = 5_000

/** @returns facts of the file, which has its temporary name */
async function writeTable(
  file: NewFile,
  columns: Columns,
  calls: Iterable<ExportedCall>,
  { toRows, signal }: { toRows: (call: ExportedCall) => Row[]; signal: AbortSignal | undefined },
): Promise<FileRecord> {
  const named = Object.entries(columns)
  const writer = new ParquetWriter({
    writer: createWriter(file),
    schema: [
      { name: 'root', num_children: named.length },
      ...named.map(([name, type]) => toElement(name, type)),
    ],
    createdBy: 'cekura-logs',
    kvMetadata: [{ key: 'cekura_logs.schema_version', value: parquetSchemaVersion }],
  })
  // Values go to their columns at once: a group of rows would be in memory twice.
  const columnData = named.map(([name]) => ({ name, data: [] as unknown[] }))
  let rows = 0
  let inGroup = 0
  async function writeGroup(): Promise<void> {
    await writer.write({ columnData, rowGroupSize: groupRows })
    for (const { data } of columnData) data.length = 0
    inGroup = 0
    // Signals arrive between groups.
    await turn()
    signal?.throwIfAborted()
  }
  for (const call of calls)
    for (const row of toRows(call)) {
      for (const [at, [name, type]] of named.entries())
        columnData[at]!.data.push(toColumn(type, row[name]))
      rows += 1
      if (++inGroup === groupRows) await writeGroup()
    }
  if (inGroup > 0 || rows === 0) await writeGroup()
  await writer.finish()
  return { ...file.seal(), rows }
}

/**
 * Writes the calls and their metrics, one row each. Neither file gets its final name before both are
 * complete.
 */
export async function writeParquet(
  [callPath, metricPath]: readonly [string, string],
  calls: () => Iterable<ExportedCall>,
  { signal, beforePlace }: WriteOptions = {},
): Promise<FileRecord[]> {
  using callFile = createFile(callPath)
  using metricFile = createFile(metricPath)
  const records = [
    await writeTable(callFile, callColumns, calls(), { toRows: toCall, signal }),
    await writeTable(metricFile, metricColumns, calls(), { toRows: toMetrics, signal }),
  ]
  beforePlace?.()
  callFile.place()
  metricFile.place()
  return records
}
