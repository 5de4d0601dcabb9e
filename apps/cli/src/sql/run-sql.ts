import { encodeCsvLine } from '@cekura-kit/call-format'
import type * as DuckDb from '@duckdb/node-api'
import { UsageError } from '../command-error.ts'
import type { Format } from '../command-options.ts'
import type { Context } from '../context.ts'
import { cannotRead, findExport, loadDuckDb, type ExportFiles } from '../open-export.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { writeCommand } from '../write-command.ts'
import { createTables } from './create-tables.ts'

export interface SqlPlan {
  path: string
  files: ExportFiles
  query: string
  format: Format
}

const count = 'SELECT count(*) FROM calls'
const writeSql = (path: string, query: string): string => writeCommand(['sql', path, query])

/** @throws {UsageError} when a word is missing or there is no such export */
export function planSql(
  path: string | undefined,
  query: string | undefined,
  format: Format,
): SqlPlan {
  if (path === undefined || !query)
    throw new UsageError(
      'Cannot run SQL: give a path and one query in quotes',
      writeSql(path ?? 'calls.parquet', count),
    )
  return { path, files: findExport('run SQL', path), query, format }
}

const json = JSON as unknown as { rawJSON(text: string): unknown }

/** Values as JSON has them; a number is a number, however many digits it has. */
function createConverter({ DuckDBTypeId, JsonDuckDBValueConverter }: typeof DuckDb) {
  const numbers = new Set<number>([
    DuckDBTypeId.BIGINT,
    DuckDBTypeId.UBIGINT,
    DuckDBTypeId.HUGEINT,
    DuckDBTypeId.UHUGEINT,
    DuckDBTypeId.BIGNUM,
    DuckDBTypeId.DECIMAL,
  ])
  const convert: DuckDb.DuckDBValueConverter<DuckDb.Json> = (value, type, converter) =>
    value !== null && numbers.has(type.typeId)
      ? (json.rawJSON(String(value)) as DuckDb.Json)
      : JsonDuckDBValueConverter(value, type, converter)
  return convert
}

/** What is no keyword: comments, texts and quoted names. */
const noWords = /--.*|\/\*[^]*?\*\/|\$\$[^]*?\$\$|'(?:[^']|'')*'|"(?:[^"]|"")*"/g

/** @throws {UsageError} when it is not one query, or one that would write */
async function checkQuery(
  connection: DuckDb.DuckDBConnection,
  { path, query }: SqlPlan,
  { StatementType }: typeof DuckDb,
): Promise<void> {
  const refuse = (why: string): UsageError =>
    new UsageError(`Cannot run SQL: ${why}`, writeSql(path, count))
  const keywords = query.replaceAll(noWords, (found) => (/^['"$]/.test(found) ? '?' : ' '))
  const { length } = keywords.split(';').filter((each) => each.trim() !== '')
  // DuckDB takes it for an error without a message.
  if (length === 0) throw refuse('there is no query; give one in quotes')
  if (length > 1) throw refuse(`there are ${length} queries, and one can be answered; give one`)
  const statements = await connection.extractStatements(query)
  // DuckDB makes several of a pivot, of which the last alone asks.
  if (statements.count > 1 && /\bpivot\b/i.test(keywords)) return
  const { statementType } = await statements.prepare(0)
  const asks: readonly number[] = [StatementType.SELECT, StatementType.EXPLAIN, StatementType.CALL]
  if (!asks.includes(statementType))
    throw refuse(
      `${StatementType[statementType]} would change something, and an export is only read; ask with SELECT`,
    )
}

/** Asks an export with SQL. The query reaches the two tables alone: no file, no network. */
export async function runSql(
  plan: SqlPlan,
  context: Pick<Context, 'out' | 'io' | 'style'>,
): Promise<void> {
  const { files, query, path } = plan
  const { signal } = context.io
  const duckDb = await loadDuckDb('run SQL')
  const connection = await duckDb.DuckDBConnection.create()
  const interrupt = (): void => connection.interrupt()
  signal.addEventListener('abort', interrupt)
  try {
    await createTables(connection, files, query).catch((error: unknown) => {
      throw signal.aborted ? error : cannotRead('run SQL', files.calls[0] ?? path, error)
    })
    await connection.run('SET enable_external_access = false; SET lock_configuration = true')
    try {
      await checkQuery(connection, plan, duckDb)
      const result = await connection.stream(query)
      await writeRows(
        plan.format,
        result,
        result.yieldConvertedRows(createConverter(duckDb)),
        context,
      )
    } catch (error) {
      const said = signal.aborted ? undefined : duckDbError.exec((error as Error).message)?.[1]
      if (said === undefined) throw error
      throw new UsageError(
        `Cannot run SQL: ${said.trim().replaceAll(/\n{2,}/g, '\n')}`,
        writeSql(path, 'DESCRIBE calls'),
      )
    }
  } finally {
    signal.removeEventListener('abort', interrupt)
    connection.closeSync()
  }
}

/** As `Parser Error: …`; what went wrong while rows were written is not the query's. */
const duckDbError = /^(?:Failed to extract statements: )?([A-Z][\w ]*Error: [^]*)$/

async function writeRows(
  format: Format,
  result: DuckDb.DuckDBResult,
  chunks: AsyncIterable<DuckDb.Json[][]>,
  { out, io, style }: Pick<Context, 'out' | 'io' | 'style'>,
): Promise<void> {
  const names = result.deduplicatedColumnNames()
  const toObject = (row: readonly DuckDb.Json[]): Record<string, DuckDb.Json> =>
    Object.fromEntries(names.map((name, at) => [name, row[at]!]))
  const csvTarget = io.isTTY.stdout ? 'terminal' : 'file'
  if (format === 'csv') await out.write(encodeCsvLine(names, csvTarget))
  if (format === 'csv' || format === 'ndjson') {
    for await (const rows of chunks)
      for (const row of rows)
        await out.write(
          format === 'csv' ? encodeCsvLine(row, csvTarget) : `${encodeJson(toObject(row))}\n`,
        )
    io.signal.throwIfAborted()
    return
  }
  const rows: Record<string, DuckDb.Json>[] = []
  for await (const chunk of chunks) for (const row of chunk) rows.push(toObject(row))
  // An interrupted query ends like one that is done.
  io.signal.throwIfAborted()
  if (format === 'json') {
    const document = { schema_version: 1, columns: names, rows }
    await out.write(`${encodeJson(document, io.isTTY.stdout ? 2 : 0)}\n`)
    return
  }
  const { formatRows } = await import('../terminal/format-rows.ts')
  await out.write(`${formatRows(names, rows, { width: io.columns(), style })}\n`)
}
