import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parse as parseCsv } from 'csv-parse'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { findExport, unreadableError } from './find-export.ts'

type Call = Record<string, unknown>

/** @throws {Error} at a line that is not a call */
async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  const input = createReadStream(path, { signal })
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line += 1
    if (text === '') continue
    let call: unknown
    try {
      call = JSON.parse(text)
    } catch {
      call = undefined
    }
    if (typeof call !== 'object' || call === null || Array.isArray(call))
      throw new Error(`line ${line} is not a JSON object`)
    yield call as Call
  }
}

function readJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

async function* readCsvFile(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  const rows = createReadStream(path, { signal }).pipe(parseCsv({ columns: true, bom: true }))
  for await (const row of rows as AsyncIterable<Call>)
    yield {
      ...row,
      success: readJson(row['success']),
      is_reviewed: readJson(row['is_reviewed']),
      metrics: readJson(row['metrics']),
    }
}

const columns = [
  'success',
  'is_reviewed',
  'duration',
  'call_ended_reason',
  'topic',
  'dropoff_point',
  'metrics',
  'timestamp',
  '_deleted_at',
]

/** Calls of a Parquet file, one row group in memory at a time. */
async function* readParquetFile(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const { num_rows: rows } of metadata.row_groups) {
    signal.throwIfAborted()
    const rowEnd = rowStart + Number(rows)
    for (const row of await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd }))
      yield {
        ...row,
        metrics: readJson(row['metrics']),
        timestamp: row['timestamp'] instanceof Date ? row['timestamp'].toISOString() : undefined,
      }
    rowStart = rowEnd
  }
}

const readers = { ndjson: readLines, csv: readCsvFile, parquet: readParquetFile }

/** The calls of an export that were not deleted. */
export async function* readExport(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  const { format, calls } = findExport(path)
  for (const file of calls)
    try {
      for await (const call of readers[format](file, signal)) if (!call['_deleted_at']) yield call
    } catch (error) {
      throw signal.aborted ? error : unreadableError(file, error)
    }
  // An interrupted stream can end like a finished one.
  signal.throwIfAborted()
}
