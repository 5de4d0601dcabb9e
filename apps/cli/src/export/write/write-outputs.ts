import { rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { csvHeader, encodeCsvRow } from '@cekura-kit/call-format'
import type { ExportPlan } from '../plan.ts'
import type { ExportState } from '../state/export-state.ts'
import type { FileRecord } from '../state/records.ts'
import type { ExportPaths } from './paths.ts'
import { writeText, type WriteOptions } from './write-files.ts'
import { writeParquet, type ExportedCall } from './write-parquet.ts'

type Row = Record<string, unknown>

function* callsOf(state: ExportState): Generator<ExportedCall> {
  for (const [json, deletedAt] of state.calls()) yield { call: JSON.parse(json) as Row, deletedAt }
}

function* csvLines(state: ExportState): Generator<string> {
  yield csvHeader.replace(/\r\n$/, ',_deleted_at\r\n')
  for (const { call, deletedAt } of callsOf(state))
    yield encodeCsvRow(call).replace(/\r\n$/, `,${deletedAt ?? ''}\r\n`)
}

function* jsonLines(state: ExportState): Generator<string> {
  for (const [json, deletedAt] of state.calls())
    yield deletedAt === null
      ? `${json}\n`
      : `${json.slice(0, -1)},"_deleted_at":${JSON.stringify(deletedAt)}}\n`
}

async function writeFiles(
  state: ExportState,
  { format, path }: ExportPlan,
  { metrics }: ExportPaths,
  options: WriteOptions,
): Promise<FileRecord[]> {
  if (format === 'parquet') return writeParquet([path, metrics], () => callsOf(state), options)
  const lines = format === 'csv' ? csvLines(state) : jsonLines(state)
  return [{ ...(await writeText(path, lines, options)), rows: state.counts().calls }]
}

/**
 * Writes the files if they differ from the state. The manifest is removed before the first file is
 * replaced, so that it never describes another file.
 *
 * @returns how many files were written
 */
export async function writeOutputs(
  state: ExportState,
  plan: ExportPlan,
  paths: ExportPaths,
  signal: AbortSignal,
): Promise<number> {
  const isWhole = ({ name, bytes, modified }: FileRecord): boolean => {
    const stat = statSync(join(dirname(plan.path), name), { throwIfNoEntry: false })
    return stat?.size === bytes && stat.mtimeMs === modified
  }
  const recorded = state.files()
  if (recorded.length > 0 && recorded.every(isWhole)) return 0
  const beforePlace = (): void => rmSync(paths.manifest, { force: true })
  const files = await writeFiles(state, plan, paths, { signal, beforePlace })
  state.recordFiles(files)
  return files.length
}

/** Invalid rows as the API sent them; no file without such rows. */
export async function writeQuarantine(state: ExportState, path: string): Promise<void> {
  if (state.counts().quarantined === 0) {
    rmSync(path, { force: true })
    return
  }
  function* lines(): Generator<string> {
    for (const { reason, json } of state.quarantined())
      yield `{"reason":${JSON.stringify(reason)},"row":${json}}\n`
  }
  await writeText(path, lines())
}
