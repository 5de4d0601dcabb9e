import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { csvHeader, encodeCsvRow } from '@cekura-kit/call-format'
import { parseExact } from './exact-integers.ts'
import { dayMs, type FileRecord, type Ledger } from './ledger.ts'
import type { ExportPaths, Target } from './paths.ts'
import { writeText } from './write-files.ts'
import { writeParquet, type ExportedCall } from './write-parquet.ts'

type Row = Record<string, unknown>

function* callsOf(ledger: Ledger, day: number | null): Generator<ExportedCall> {
  const span = day === null ? undefined : { start: day, end: day + dayMs }
  for (const [, json, deletedAt] of ledger.calls(span))
    yield { call: parseExact(json) as Row, deletedAt }
}

function* csvLines(ledger: Ledger, day: number | null): Generator<string> {
  yield csvHeader.replace(/\r\n$/, ',_deleted_at\r\n')
  for (const { call, deletedAt } of callsOf(ledger, day))
    yield encodeCsvRow(call).replace(/\r\n$/, `,${deletedAt ?? ''}\r\n`)
}

function* jsonLines(ledger: Ledger, day: number | null): Generator<string> {
  const span = day === null ? undefined : { start: day, end: day + dayMs }
  for (const [, json, deletedAt] of ledger.calls(span))
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

/** The files of a day, or of the whole range, from what the ledger holds. */
async function writeFiles(
  ledger: Ledger,
  { format }: Target,
  { root, table }: ExportPaths,
  day: number | null,
  signal: AbortSignal,
): Promise<FileRecord[]> {
  const name = table('call_logs', day)
  const path = join(root, name)
  if (format === 'parquet') {
    const metrics = table('metrics', day)
    const places = { calls: path, metrics: join(root, metrics) }
    const facts = await writeParquet(places, () => callsOf(ledger, day), signal)
    return [
      { name, day, ...facts.calls },
      { name: metrics, day, ...facts.metrics },
    ]
  }
  const count = { rows: format === 'csv' ? -1 : 0 }
  const lines = format === 'csv' ? csvLines(ledger, day) : jsonLines(ledger, day)
  const facts = await writeText(path, counted(lines, count), signal)
  return [{ name, day, ...facts, rows: count.rows }]
}

function isWhole(root: string, { name, bytes }: FileRecord): boolean {
  const stat = statSync(join(root, name), { throwIfNoEntry: false })
  return stat?.size === bytes
}

function hasCalls(ledger: Ledger, day: number): boolean {
  for (const _ of ledger.calls({ start: day, end: day + dayMs })) return true
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
 * Brings the files up to what the ledger holds. A day whose calls are as they were keeps its file,
 * untouched.
 *
 * @returns how many files were written
 * @throws {DiskError} what was there before is whole
 */
export async function writeOutputs(
  ledger: Ledger,
  target: Target,
  paths: ExportPaths,
  signal: AbortSignal,
): Promise<number> {
  const { root } = paths
  const files = ledger.files()
  const isMissing = (file: FileRecord): boolean => !isWhole(root, file)
  if (target.partition === 'none') {
    if (files.length > 0 && ledger.dirtyDays().length === 0 && !files.some(isMissing)) return 0
    const written = await writeFiles(ledger, target, paths, null, signal)
    ledger.wrote(null, written)
    return written.length
  }
  let count = 0
  const days = new Set([...ledger.dirtyDays(), ...files.filter(isMissing).map(({ day }) => day!)])
  for (const day of [...days].toSorted((a, b) => a - b)) {
    const before = files.filter((file) => file.day === day)
    if (!hasCalls(ledger, day)) {
      removeDay(before, root)
      ledger.wrote(day, [])
      continue
    }
    const written = await writeFiles(ledger, target, paths, day, signal)
    ledger.wrote(day, written)
    count += written.length
  }
  return count
}

/** Rows whose key fields cannot be read, as they came; no file when there are none. */
export async function writeQuarantine(ledger: Ledger, path: string): Promise<void> {
  if (ledger.counts().quarantined === 0) {
    rmSync(path, { force: true })
    return
  }
  function* lines(): Generator<string> {
    for (const { reason, json } of ledger.quarantined())
      yield `{"reason":${JSON.stringify(reason)},"row":${json}}\n`
  }
  await writeText(path, lines())
}
