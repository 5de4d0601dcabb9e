import { join } from 'node:path'
import type { ExportFormat } from './export-formats.ts'
import { iso } from './instant.ts'

/** A worker's part of an export: the `index`th of `of`, counted from 1. */
export interface Shard {
  index: number
  of: number
}

export interface Target {
  /** The output: a file, or with `partition: 'day'` a folder. */
  path: string
  format: ExportFormat
  partition: 'none' | 'day'
  agentId: number
  shard?: Shard | undefined
  /** Where the state is kept; default beside the output. */
  state?: string | undefined
}

export type Table = 'call_logs' | 'metrics'

/** Every file of an export. Names that begin with `_` or `.` are no data to Spark, Hive and Trino. */
export interface ExportPaths {
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

/** What the shard's own files are told apart by. */
const mark = (shard: Shard | undefined): string =>
  shard ? `.shard-${shard.index}-of-${shard.of}` : ''

export function planPaths(target: Target): ExportPaths {
  const { path, format, partition, agentId, shard } = target
  if (partition === 'none') {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return {
      state: target.state ?? `${path}.state`,
      manifest: `${path}.manifest.json`,
      quarantine: `${path}.quarantine.ndjson`,
      root: join(path, '..'),
      table: (table) => (table === 'metrics' ? metricsPath(name) : name),
    }
  }
  const own = join(path, folderOf('call_logs', agentId))
  return {
    state: target.state ?? join(path, '.cekura-logs', `agent_id=${agentId}${mark(shard)}.state`),
    manifest: join(own, `_manifest${mark(shard)}.json`),
    quarantine: join(own, `_quarantine${mark(shard)}.ndjson`),
    root: path,
    table: (table, day) => `${folderOf(table, agentId)}/dt=${dayName(day!)}/part-00000.${format}`,
  }
}
