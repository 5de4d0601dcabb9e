import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, exitCodes, UsageError } from '../errors/command-error.ts'
import { writeExportCommand } from '../export/write-export-command.ts'
import { readManifest } from '../export/write/manifest.ts'
import { formatOfPath, type ExportFormat } from '../export/write/paths.ts'

/** The files of a finished export, whatever its layout. */
export interface ExportFiles {
  format: ExportFormat
  calls: string[]
}

const exampleExport = 'cekura-logs export --agent <agent-id> --from 30d -o calls.ndjson'

const formatOf = (path: string): ExportFormat =>
  formatOfPath(path) ?? readManifest(`${path}.manifest.json`)?.format ?? 'ndjson'

/** A file that is not what an export writes. */
export function unreadableError(path: string, error: unknown): CommandError {
  const [why] = (error as Error).message.trim().split('\n')
  const manifest = readManifest(`${path}.manifest.json`)
  return new CommandError(`Cannot read "${path}": ${why}.`, {
    code: 'export_unreadable',
    exitCode: exitCodes.failed,
    suggestion: manifest ? writeExportCommand(manifest, path) : exampleExport,
  })
}

const fail = (why: string): UsageError => new UsageError(why, exampleExport)

/**
 * Finds the files of an export: one file, or a folder with a file per day.
 *
 * @throws {UsageError} if there is no export at the path
 */
export function findExport(path: string): ExportFiles {
  let isFolder: boolean | undefined
  try {
    isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  } catch (error) {
    throw fail(`Cannot open "${path}": ${(error as Error).message}.`)
  }
  if (isFolder === undefined) throw fail(`"${path}" does not exist.`)
  if (!isFolder) return { format: formatOf(path), calls: [path] }
  const find = (pattern: string): string[] =>
    globSync(pattern, { cwd: path })
      .toSorted()
      .map((name) => join(path, name))
  const calls = find('call_logs/agent_id=*/dt=*/[!_.]*')
  if (calls.length === 0) {
    const manifest = find('call_logs/agent_id=*/_manifest*.json').map(readManifest).find(Boolean)
    if (manifest) return { format: manifest.format, calls }
    throw fail(`The folder "${path}" has no export.`)
  }
  const formats = new Set(calls.map(formatOf))
  if (formats.size > 1) throw fail(`The folder "${path}" has ${[...formats].join(' and ')} files.`)
  return { format: formatOf(calls[0]!), calls }
}
