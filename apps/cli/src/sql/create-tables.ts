import type { DuckDBConnection } from '@duckdb/node-api'
import {
  callColumns,
  metricColumns,
  type Columns,
  type ColumnType,
} from '../export/table-columns.ts'
import { readWith, type ExportFiles } from '../open-export.ts'

const types: Readonly<Record<ColumnType, string>> = {
  integer: 'BIGINT',
  seconds: 'INTEGER',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  instant: 'TIMESTAMPTZ',
  json: 'JSON',
  text: 'VARCHAR',
}

const name = (text: string): string => `"${text.replaceAll('"', '""')}"`
const typed = (columns: Columns): string =>
  Object.entries(columns)
    .map(([column, type]) => `${name(column)} ${types[type]}`)
    .join(', ')

// NDJSON has unknown fields as columns of their own, and no column for the rest.
const { extra: _, ...ndjsonColumns } = callColumns

/** As `duration_seconds` of Parquet. */
const seconds = `CASE WHEN regexp_full_match(duration, '\\d+(:[0-5]\\d){1,2}') THEN
  TRY_CAST(list_reduce(list_transform(str_split(duration, ':'), lambda part: part::BIGINT),
    lambda total, part: total * 60 + part) AS INTEGER) END`

async function columnsOf(connection: DuckDBConnection, from: string): Promise<Map<string, string>> {
  const rows = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRowsJson()
  return new Map(rows.map(([column, type]) => [String(column), String(type)]))
}

/** The columns that are known, with their types whatever the file says, and the others as they are. */
function selectKnown(known: Columns, there: ReadonlyMap<string, string>): string {
  const own = Object.entries(known).map(([column, type]) => {
    const value = there.has(column)
      ? name(column)
      : column === 'duration_seconds' && there.has('duration')
        ? seconds
        : 'NULL'
    return `TRY_CAST(${value} AS ${types[type]}) AS ${name(column)}`
  })
  const others = [...there.keys()].filter((column) => !Object.hasOwn(known, column)).map(name)
  return [...own, ...others].join(', ')
}

function checkColumns(there: ReadonlyMap<string, string>): void {
  if (![...there.keys()].some((column) => Object.hasOwn(callColumns, column)))
    throw new Error('none of its columns is a field of a call')
}

/** What DuckDB reads NDJSON with: every field of every line, known ones as texts. */
async function readNdjson(connection: DuckDBConnection, files: ExportFiles): Promise<string> {
  const from = readWith('ndjson', files.calls)
  const there = await columnsOf(connection, from)
  // What a file without a line is said to hold.
  if (there.size === 1 && there.get('json') === 'JSON') there.delete('json')
  // To DuckDB a name is the same in capitals; of two fields like that the known one is kept, or the first.
  const names = new Map<string, string>()
  for (const column of [...Object.keys(ndjsonColumns), ...there.keys()])
    if (!names.has(column.toLowerCase())) names.set(column.toLowerCase(), column)
  const columns = new Map(
    [...names.values()].map((column) => {
      const type = (callColumns as Columns)[column]
      const read = type === undefined ? there.get(column)! : type === 'json' ? 'JSON' : 'VARCHAR'
      return [column, read]
    }),
  )
  columns.delete('duration_seconds')
  // Of folders, which DuckDB reads by itself.
  if (files.calls[0]!.includes('/dt=')) for (const ours of ['agent_id', 'dt']) columns.delete(ours)
  const spec = [...columns].map(
    ([column, type]) => `${name(column)}: '${type.replaceAll("'", "''")}'`,
  )
  return readWith('ndjson', files.calls, { columns: `{${spec.join(', ')}}` })
}

async function createCalls(connection: DuckDBConnection, files: ExportFiles): Promise<void> {
  const { format, calls } = files
  const known = format === 'ndjson' ? ndjsonColumns : callColumns
  if (calls.length === 0) {
    // The folder of an export that found none.
    await connection.run(`CREATE TABLE calls (${typed(known)}, agent_id BIGINT, dt DATE)`)
    return
  }
  const from = format === 'ndjson' ? await readNdjson(connection, files) : readWith(format, calls)
  const there = await columnsOf(connection, from)
  checkColumns(there)
  const columns = selectKnown(known, there)
  await connection.run(`CREATE TABLE calls AS SELECT ${columns} FROM ${from}`)
}

/** Metrics of calls that the service still has, a row each: from their own files, or from the calls. */
async function createMetrics(connection: DuckDBConnection, files: ExportFiles): Promise<void> {
  if (files.metrics.length > 0) {
    const from = readWith('parquet', files.metrics)
    await connection.run(`CREATE TABLE metrics AS SELECT * FROM ${from}`)
    return
  }
  await connection.run(`CREATE TABLE metrics (${typed(metricColumns)});
    INSERT INTO metrics SELECT id, timestamp, TRY_CAST(metric->>'id' AS BIGINT), metric->>'name',
      metric->>'type', TRY_CAST(metric->>'score' AS DOUBLE), metric->>'enum', metric->>'value'
    FROM (SELECT id, timestamp, unnest(metrics::JSON[]) AS metric FROM calls
      WHERE _deleted_at IS NULL AND json_type(metrics) = 'ARRAY')`)
}

/**
 * The tables `calls` and `metrics`, in memory: of the same columns and types whatever format the
 * export has.
 */
export async function createTables(
  connection: DuckDBConnection,
  files: ExportFiles,
  query: string,
): Promise<void> {
  await connection.run("SET TimeZone = 'UTC'")
  await createCalls(connection, files)
  // Most queries do without; those that list the tables should see it.
  if (/metric|table|column|show/i.test(query)) await createMetrics(connection, files)
}
