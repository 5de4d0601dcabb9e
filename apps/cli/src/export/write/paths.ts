import { basename, dirname, join } from 'node:path'
import { iso } from '../read/instant.ts'

/** Output formats of an export. */
export const exportFormats = ['ndjson', 'csv', 'parquet'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The format of a file by its extension. */
export const formatOfPath = (path: string): ExportFormat | undefined =>
  exportFormats.find((format) => path.toLowerCase().endsWith(`.${format}`))

export interface Target {
  /** The output: a file, or with `partition: 'day'` a folder. */
  path: string
  format: ExportFormat
  partition: 'none' | 'day'
  agentId: number
}

export type Table = 'call_logs' | 'metrics'

/** Every file of an export. Spark, Hive and Trino skip names that start with `_` or `.`. */
export interface ExportPaths {
  /** Follows from the output alone, so that its lock is the lock of the output. */
  state: string
  manifest: string
  quarantine: string
  /** The folder that names in the manifest start from. */
  root: string
  /** A table's file, of a day or of the whole range, as a name within `root`. */
  table(table: Table, day: number | null): string
}

/** `calls.parquet` has its metrics in `calls.metrics.parquet`. */
export const metricsPath = (path: string): string =>
  path.replace(/(\.parquet)?$/, '.metrics.parquet')

export const dayName = (day: number): string => iso(day).slice(0, 10)
const folderOf = (table: Table, agentId: number): string => `${table}/agent_id=${agentId}`

export function planPaths(target: Target): ExportPaths {
  const { path, format, partition, agentId } = target
  if (partition === 'none') {
    const name = basename(path)
    return {
      state: `${path}.state`,
      manifest: `${path}.manifest.json`,
      quarantine: `${path}.quarantine.ndjson`,
      root: dirname(path),
      table: (table) => (table === 'metrics' ? metricsPath(name) : name),
    }
  }
  const own = join(path, folderOf('call_logs', agentId))
  return {
    state: join(path, '.cekura-logs', `agent_id=${agentId}.state`),
    manifest: join(own, '_manifest.json'),
    quarantine: join(own, '_quarantine.ndjson'),
    root: path,
    table: (table, day) => `${folderOf(table, agentId)}/dt=${dayName(day!)}/part-00000.${format}`,
  }
}
