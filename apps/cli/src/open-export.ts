import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type * as DuckDb from '@duckdb/node-api'
import { CommandError, exitCodes, UsageError } from './command-error.ts'
import { exportFormats, type ExportFormat } from './export/export-formats.ts'
import type { Manifest } from './export/manifest.ts'
import { metricsPath } from './export/paths.ts'
import { writeExportCommand } from './export/write-export-command.ts'
import { quote as quoteWord } from './write-command.ts'

/** The files of a finished export, whatever its layout. */
export interface ExportFiles {
  format: ExportFormat
  calls: string[]
  /** Parquet alone has them in files of their own. */
  metrics: string[]
}

const exampleExport = 'cekura-logs export --agent 2142 --from 30d --format parquet -o calls.parquet'

/** A manifest; undefined when there is none, or it is none. */
function readManifest(path: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest | null
    return exportFormats.includes(manifest?.format as never) ? manifest! : undefined
  } catch {
    return undefined
  }
}

const endingOf = (path: string): ExportFormat | undefined =>
  exportFormats.find((format) => path.endsWith(`.${format}`))

const formatOf = (path: string): ExportFormat =>
  endingOf(path) ?? readManifest(`${path}.manifest.json`)?.format ?? 'ndjson'

/** A file that is there and is not what an export writes. */
export function cannotRead(action: string, path: string, error: unknown): CommandError {
  // What follows is the query, which nobody here wrote.
  const [why] = (error as Error).message.trim().split('\n')
  const manifest = readManifest(`${path}.manifest.json`)
  return new CommandError(`Cannot ${action}: "${path}" cannot be read: ${why}`, {
    code: 'export_unreadable',
    exitCode: exitCodes.failed,
    fix: manifest
      ? `rm ${quoteWord(path)} && ${writeExportCommand(manifest, path)}`
      : exampleExport,
  })
}

/**
 * Finds the files of an export: one file, or the folder of one that is cut by day.
 *
 * @throws {UsageError} when there is none at the path
 */
export function findExport(action: string, path: string): ExportFiles {
  const refuse = (why: string): UsageError =>
    new UsageError(`Cannot ${action}: ${why}; give the path of an export`, exampleExport)
  const look = () => {
    try {
      return statSync(path, { throwIfNoEntry: false })
    } catch (error) {
      throw refuse(`"${path}" cannot be opened: ${(error as Error).message}`)
    }
  }
  const stats = look()
  if (!stats) throw refuse(`there is no file "${path}"`)
  const find = (pattern: string): string[] =>
    globSync(pattern, { cwd: path })
      .toSorted()
      .map((name) => join(path, name))
  if (!stats.isDirectory()) {
    const format = formatOf(path)
    const metrics = metricsPath(path)
    const hasMetrics = format === 'parquet' && statSync(metrics, { throwIfNoEntry: false })
    return { format, calls: [path], metrics: hasMetrics ? [metrics] : [] }
  }
  const calls = find('call_logs/agent_id=*/dt=*/[!_.]*')
  if (calls.length === 0) {
    const manifest = find('call_logs/agent_id=*/_manifest*.json').map(readManifest).find(Boolean)
    if (manifest) return { format: manifest.format, calls, metrics: [] }
    throw refuse(`the folder "${path}" holds no export`)
  }
  const formats = new Set(calls.map(formatOf))
  if (formats.size > 1) throw refuse(`the folder "${path}" holds ${[...formats].join(' and ')}`)
  return { format: formatOf(calls[0]!), calls, metrics: find('metrics/agent_id=*/dt=*/[!_.]*') }
}

/** A call with its transcript and metrics. */
const maxLineBytes = 64 * 2 ** 20

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** What DuckDB reads files of an export with. */
export function readWith(
  format: ExportFormat,
  paths: readonly string[],
  { columns }: { columns?: string } = {},
): string {
  const files = `[${paths.map(quote).join(', ')}]`
  if (format === 'parquet') return `read_parquet(${files}, union_by_name = true)`
  // The dialect is known: guessed from the text it can be another, and texts are not numbers.
  if (format === 'csv')
    return `read_csv(${files}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', comment = '', new_line = '\\r\\n', max_line_size = ${maxLineBytes})`
  // Every line is looked at, so that no field is missed that is in few calls.
  const schema = columns === undefined ? 'sample_size = -1' : `columns = ${columns}`
  return `read_json(${files}, format = 'newline_delimited', maximum_object_size = ${maxLineBytes}, ${schema})`
}

/** @throws {UsageError} when it is not installed; it is an optional dependency */
export async function loadDuckDb(action: string): Promise<typeof DuckDb> {
  try {
    return await import('@duckdb/node-api')
  } catch {
    throw new UsageError(
      `Cannot ${action}: DuckDB is not installed`,
      'npm install --global @duckdb/node-api',
    )
  }
}
