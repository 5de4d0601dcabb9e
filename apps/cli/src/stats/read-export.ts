import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { cannotRead, findExport, loadDuckDb, readWith, type ExportFiles } from '../open-export.ts'

type Call = Record<string, unknown>

/** The lines of a file. @throws {CommandError} when it cannot be read */
async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<string> {
  try {
    const input = createReadStream(path, { signal })
    yield* createInterface({ input, crlfDelay: Infinity })
  } catch (error) {
    throw signal.aborted ? error : cannotRead('count calls', path, error)
  }
}

/** @throws {CommandError} at a line that is no call */
async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  let line = 0
  for await (const text of linesOf(path, signal)) {
    line += 1
    if (text === '') continue
    let call: unknown
    try {
      call = JSON.parse(text)
    } catch {
      call = undefined
    }
    if (typeof call !== 'object' || call === null || Array.isArray(call))
      throw cannotRead('count calls', path, new Error(`line ${line} is no JSON object`))
    yield call as Call
  }
}

const readBoolean = (value: unknown): unknown =>
  value === 'true' ? true : value === 'false' ? false : value

function readJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Calls of CSV and Parquet, through DuckDB, which streams both. */
async function* readTable(
  { format, calls }: ExportFiles,
  signal: AbortSignal,
): AsyncGenerator<Call> {
  const { DuckDBConnection } = await loadDuckDb('count calls')
  const connection = await DuckDBConnection.create()
  const interrupt = (): void => connection.interrupt()
  signal.addEventListener('abort', interrupt)
  // As text the same in both, whatever a column looks like.
  const instant = format === 'parquet' ? 'epoch_ms(timestamp)' : 'timestamp'
  try {
    const result = await connection.stream(
      `SELECT success, is_reviewed, duration, call_ended_reason, metrics, _deleted_at::VARCHAR AS _deleted_at, ${instant} AS timestamp FROM ${readWith(format, calls)}`,
    )
    for await (const rows of result.yieldRowObjectJson())
      for (const { success, is_reviewed, timestamp, metrics, ...row } of rows)
        yield {
          ...row,
          success: readBoolean(success),
          is_reviewed: readBoolean(is_reviewed),
          metrics: readJson(metrics),
          timestamp:
            format === 'parquet' && timestamp !== null
              ? new Date(Number(timestamp)).toISOString()
              : timestamp,
        }
  } catch (error) {
    if (signal.aborted) throw error
    throw cannotRead('count calls', calls[0]!, error)
  } finally {
    signal.removeEventListener('abort', interrupt)
    connection.closeSync()
  }
}

/** The calls of an export that the service still has, as far as figures need them. */
export async function* readExport(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  const files = findExport('count calls', path)
  if (files.calls.length === 0) return
  const sources =
    files.format === 'ndjson'
      ? files.calls.map((file) => readLines(file, signal))
      : [readTable(files, signal)]
  for (const source of sources)
    for await (const call of source) if (!call['_deleted_at']) yield call
  // A source that is interrupted ends like one that is done.
  signal.throwIfAborted()
}
