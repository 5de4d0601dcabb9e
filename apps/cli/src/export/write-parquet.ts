import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { readDuration, splitColumns } from '@cekura-kit/calls'
import { fileWriter, parquetWriteRows, type BasicType } from 'hyparquet-writer'

type Columns = Readonly<Record<string, BasicType>>
type Row = Record<string, unknown>

/** Types are fixed, so that files of different days have one schema. */
const callColumns: Columns = {
  id: 'INT64',
  call_id: 'STRING',
  timestamp: 'TIMESTAMP',
  status: 'STRING',
  duration: 'STRING',
  duration_seconds: 'INT32',
  success: 'BOOLEAN',
  is_reviewed: 'BOOLEAN',
  agent: 'INT64',
  call_ended_reason: 'STRING',
  dropoff_point: 'STRING',
  topic: 'STRING',
  customer_number: 'STRING',
  feedback: 'STRING',
  error_message: 'STRING',
  metrics: 'JSON',
  created_at: 'TIMESTAMP',
  updated_at: 'TIMESTAMP',
  extra: 'JSON',
}

const metricColumns: Columns = {
  call_log_id: 'INT64',
  timestamp: 'TIMESTAMP',
  metric_id: 'INT64',
  name: 'STRING',
  type: 'STRING',
  score: 'DOUBLE',
  enum: 'STRING',
  value: 'STRING',
}

/** A value as its column takes it; null when it is none of that type. */
function toColumn(type: BasicType, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type === 'INT64') return Number.isSafeInteger(value) ? BigInt(value as number) : null
  if (type === 'INT32' || type === 'DOUBLE') return typeof value === 'number' ? value : null
  if (type === 'BOOLEAN') return typeof value === 'boolean' ? value : null
  if (type === 'TIMESTAMP') {
    const time = Date.parse(String(value))
    return Number.isNaN(time) ? null : new Date(time)
  }
  if (type === 'JSON') return value
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const toRow = (columns: Columns, given: Row): Row =>
  Object.fromEntries(
    Object.entries(columns).map(([name, type]) => [name, toColumn(type, given[name])]),
  )

const toCall = (call: Row): Row =>
  toRow(callColumns, { ...splitColumns(call), duration_seconds: readDuration(call['duration']) })

const toMetrics = ({ id, timestamp, metrics }: Row): Row[] =>
  (Array.isArray(metrics) ? (metrics as Row[]) : []).map((metric) =>
    toRow(metricColumns, {
      call_log_id: id,
      timestamp,
      metric_id: metric['id'],
      name: metric['name'],
      type: metric['type'],
      score: metric['score'],
      enum: metric['enum'],
      value: metric['value'],
    }),
  )

async function writeTable(
  path: string,
  columns: Columns,
  rows: Iterable<Row>,
): Promise<{ sha256: string; bytes: number }> {
  const beside = `${path}.tmp-${process.pid}`
  // Made by us first, so that nobody else can read it for a moment.
  closeSync(openSync(beside, 'w', 0o600))
  try {
    await parquetWriteRows({
      writer: fileWriter(beside),
      rows,
      columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
      rowGroupSize: 20_000,
      createdBy: 'cekura-logs',
    })
    chmodSync(beside, 0o600)
    const file = openSync(beside, 'r+')
    fsyncSync(file)
    closeSync(file)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { sha256: hash.digest('hex'), bytes: statSync(path).size }
}

/** `calls.parquet` has its metrics, a row each, in `calls.metrics.parquet`. */
export const metricsPath = (path: string): string =>
  path.replace(/(\.parquet)?$/, '.metrics.parquet')

/** One file of calls, and beside it a flat one of their metrics, each written beside and renamed. */
export async function writeParquet(path: string, calls: () => Iterable<Row>) {
  function* each(toRows: (call: Row) => Row[]): Generator<Row> {
    for (const call of calls()) yield* toRows(call)
  }
  const metrics = metricsPath(path)
  return [
    { path: metrics, ...(await writeTable(metrics, metricColumns, each(toMetrics))) },
    {
      path,
      ...(await writeTable(
        path,
        callColumns,
        each((call) => [toCall(call)]),
      )),
    },
  ]
}
