import { existsSync } from 'node:fs'
import { UsageError } from './command-error.ts'
import { metricsPath } from './export/write-parquet.ts'
import { formatRows } from './format-rows.ts'
import type { Output } from './run-list.ts'

export interface SqlPlan {
  path: string
  query: string
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

function reader(path: string): string {
  if (path.endsWith('.parquet')) return `read_parquet(${quote(path)})`
  if (path.endsWith('.csv')) return `read_csv(${quote(path)}, header = true)`
  return `read_json(${quote(path)}, format = 'newline_delimited', maximum_object_size = 67108864)`
}

async function loadDuckDb() {
  try {
    return await import('@duckdb/node-api')
  } catch {
    throw new UsageError(
      'Cannot run SQL: DuckDB is not installed; add it with npm install @duckdb/node-api',
    )
  }
}

/** Asks an export with SQL. The query reaches the two tables alone: no file, no network. */
export async function runSql({ path, query }: SqlPlan, output: Output): Promise<void> {
  if (!existsSync(path))
    throw new UsageError(
      `Cannot run SQL: there is no file ${path}; give the path of an export, as in cekura-logs sql calls.parquet "SELECT count(*) FROM calls"`,
    )
  const { DuckDBConnection } = await loadDuckDb()
  const connection = await DuckDBConnection.create()
  try {
    await connection.run(`CREATE TABLE calls AS SELECT * FROM ${reader(path)}`)
    const metrics = metricsPath(path)
    if (path.endsWith('.parquet') && existsSync(metrics))
      await connection.run(`CREATE TABLE metrics AS SELECT * FROM ${reader(metrics)}`)
    await connection.run('SET enable_external_access = false; SET lock_configuration = true')
    const result = await connection.runAndReadAll(query).catch((error: unknown) => {
      throw new UsageError(`Cannot run SQL: ${(error as Error).message.trim()}`)
    })
    const rows = result.getRowObjectsJson()
    const { stdout } = output
    stdout.write(
      stdout.isTTY === true
        ? `${formatRows(result.columnNames(), rows, stdout.columns ?? Infinity)}\n`
        : rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    )
  } finally {
    connection.closeSync()
  }
}
