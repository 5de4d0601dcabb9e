import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { csvHeader, encodeCsvRow } from '@cekura-kit/call-format'
import type { ExportState } from '../state/export-state.ts'
import type { FileRecord } from '../state/records.ts'
import { dayMs } from '../../time-units.ts'
import { hashFile } from './hash-file.ts'
import { readManifest } from './manifest.ts'
import type { ExportPaths, Target } from './paths.ts'
import { writeText } from './write-files.ts'
import { writeParquet, type ExportedCall } from './write-parquet.ts'

type Row = Record<string, unknown>

function* callsOf(state: ExportState, day: number | null): Generator<ExportedCall> {
  const span = day === null ? undefined : { start: day, end: day + dayMs }
  for (const [json, deletedAt] of state.calls(span))
    yield { call: JSON.parse(json) as Row, deletedAt }
}

function* csvLines(state: ExportState, day: number | null): Generator<string> {
  yield csvHeader.replace(/\r\n$/, ',_deleted_at\r\n')
  for (const { call, deletedAt } of callsOf(state, day))
    yield encodeCsvRow(call).replace(/\r\n$/, `,${deletedAt ?? ''}\r\n`)
}

function* jsonLines(state: ExportState, day: number | null): Generator<string> {
  const span = day === null ? undefined : { start: day, end: day + dayMs }
  for (const [json, deletedAt] of state.calls(span))
    yield deletedAt === null
      ? `${json}\n`
      : `${json.slice(0, -1)},"_deleted_at":${JSON.stringify(deletedAt)}}\n`
}

function* counted(lines: Iterable<string>, count: { rows: number }): Generator<string> {
  for (const line of lines) {
    count.rows += 1
    yield line
  }
}

interface WriteOptions {
  signal: AbortSignal
  /** Called before a finished file replaces an old one. */
  beforePlace(): void
}

/** Writes the files of a day, or of the whole range. */
async function writeFiles(
  state: ExportState,
  { format }: Target,
  { root, table }: ExportPaths,
  day: number | null,
  options: WriteOptions,
): Promise<FileRecord[]> {
  const name = table('call_logs', day)
  const path = join(root, name)
  if (format === 'parquet') {
    const metrics = table('metrics', day)
    const places = { calls: path, metrics: join(root, metrics) }
    const facts = await writeParquet(places, () => callsOf(state, day), options)
    return [
      { name, day, ...facts.calls },
      { name: metrics, day, ...facts.metrics },
    ]
  }
  const count = { rows: format === 'csv' ? -1 : 0 }
  const lines = format === 'csv' ? csvLines(state, day) : jsonLines(state, day)
  const facts = await writeText(path, counted(lines, count), options)
  return [{ name, day, ...facts, rows: count.rows }]
}

/** Whether a file is what this state wrote; its content is hashed if its time differs. */
async function isWhole(root: string, { name, bytes, modified, sha256 }: FileRecord) {
  const path = join(root, name)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.size !== bytes) return false
  return stat.mtimeMs === modified || (await hashFile(path)) === sha256
}

function hasCalls(state: ExportState, day: number): boolean {
  for (const _ of state.calls({ start: day, end: day + dayMs })) return true
  return false
}

/** A day without calls has no files and no folder. */
function removeDay(files: readonly FileRecord[], root: string): void {
  for (const { name } of files) {
    const path = join(root, name)
    rmSync(path, { force: true })
    if (existsSync(dirname(path)) && readdirSync(dirname(path)).length === 0)
      rmdirSync(dirname(path))
  }
}

/**
 * Writes the files that differ from the state. Files of unchanged days stay untouched. The manifest is
 * removed before the first file is replaced, so that it never describes another file.
 *
 * @returns how many files were written
 * @throws {DiskError} the old files are whole
 */
export async function writeOutputs(
  state: ExportState,
  target: Target,
  paths: ExportPaths,
  signal: AbortSignal,
): Promise<number> {
  const { root } = paths
  const files = state.files()
  const isBroken = new Map<string, boolean>()
  const listed = new Map(
    readManifest(paths.manifest)?.files.map(({ name, sha256 }) => [name, sha256]),
  )
  for (const file of files) {
    const isOther = listed.has(file.name) && listed.get(file.name) !== file.sha256
    isBroken.set(file.name, isOther || !(await isWhole(root, file)))
  }
  const options = { signal, beforePlace: () => rmSync(paths.manifest, { force: true }) }
  const broken = files.filter(({ name }) => isBroken.get(name))
  if (target.partition === 'none') {
    if (files.length > 0 && state.dirtyDays().length === 0 && broken.length === 0) return 0
    const written = await writeFiles(state, target, paths, null, options)
    state.recordFiles(null, written)
    return written.length
  }
  let count = 0
  const days = new Set([...state.dirtyDays(), ...broken.map(({ day }) => day!)])
  for (const day of [...days].toSorted((a, b) => a - b)) {
    const before = files.filter((file) => file.day === day)
    if (!hasCalls(state, day)) {
      options.beforePlace()
      removeDay(before, root)
      state.recordFiles(day, [])
      continue
    }
    const written = await writeFiles(state, target, paths, day, options)
    state.recordFiles(day, written)
    count += written.length
  }
  return count
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
