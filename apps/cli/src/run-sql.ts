import { encodeCsvField } from '@cekura-kit/calls'
import { UsageError } from './command-error.ts'
import type { Format } from './command-options.ts'
import type { Context } from './context.ts'
import { findExport, loadDuckDb, readWith, type ExportFiles } from './open-export.ts'
import { encodeJson } from './terminal/encode-json.ts'

export interface SqlPlan {
  files: ExportFiles
  query: string
  format: Format
}

const example = 'cekura-logs sql calls.parquet "SELECT count(*) FROM calls"'

/** @throws {UsageError} when a word is missing or there is no such export */
export function planSql(
  path: string | undefined,
  query: string | undefined,
  format: Format,
): SqlPlan {
  if (path === undefined || query === undefined)
    throw new UsageError('Cannot run SQL: give a path and one query in quotes', example)
  return { files: findExport('run SQL', path), query, format }
}
/** Asks an export with SQL. The query reaches the two tables alone: no file, no network. */
export async function runSql(
  { files, query, format }: SqlPlan,
  { out, io, style }: Pick<Context, 'out' | 'io' | 'style'>,
): Promise<void> {
  const { DuckDBConnection } = await loadDuckDb('run SQL')
  const connection = await DuckDBConnection.create()
  const interrupt = (): void => connection.interrupt()
  io.signal.addEventListener('abort', interrupt)
  try {
    const { calls, metrics } = files
    await connection.run(`CREATE TABLE calls AS SELECT * FROM ${readWith(files.format, calls)}`)
    if (metrics.length > 0)
      await connection.run(`CREATE TABLE metrics AS SELECT * FROM ${readWith('parquet', metrics)}`)
    await connection.run('SET enable_external_access = false; SET lock_configuration = true')
    const result = await connection.runAndReadAll(query).catch((error: unknown) => {
      throw new UsageError(`Cannot run SQL: ${(error as Error).message.trim()}`, example)
    })
    const names = result.columnNames()
    const rows = result.getRowObjectsJson()
    if (format === 'table') {
      const { formatRows } = await import('./terminal/format-rows.ts')
      await out.write(`${formatRows(names, rows, { width: io.columns(), style })}\n`)
    } else if (format === 'json')
      await out.write(
        `${encodeJson({ schema_version: 1, columns: names, rows }, io.isTTY.stdout ? 2 : 0)}\n`,
      )
    else if (format === 'ndjson') for (const row of rows) await out.write(`${encodeJson(row)}\n`)
    else {
      await out.write(`${names.map(encodeCsvField).join(',')}\r\n`)
      for (const row of rows)
        await out.write(`${names.map((name) => encodeCsvField(row[name])).join(',')}\r\n`)
    }
  } finally {
    io.signal.removeEventListener('abort', interrupt)
    connection.closeSync()
  }
}
