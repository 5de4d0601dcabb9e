import { createReadStream, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { CommandError, exitCodes, UsageError } from '../errors/command-error.ts'
import { formatOfPath } from '../export/write/paths.ts'

const exampleExport = 'cekura-logs export --agent <agent-id> --from 30d -o calls.ndjson'

/** The NDJSON files of an export: one file, or those of a folder by day. @throws {UsageError} */
function findFiles(path: string): string[] {
  let isFolder: boolean | undefined
  try {
    isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  } catch (error) {
    throw new UsageError(`Cannot open "${path}": ${(error as Error).message}.`, exampleExport)
  }
  if (isFolder === undefined) throw new UsageError(`"${path}" does not exist.`, exampleExport)
  const format = formatOfPath(path)
  if (!isFolder && format !== undefined && format !== 'ndjson')
    throw new UsageError(
      `"${path}" is not NDJSON. docs/parquet.md shows SQL statements for Parquet.`,
      exampleExport,
    )
  if (!isFolder) return [path]
  const names = globSync('call_logs/agent_id=*/{_manifest.json,dt=*/*.ndjson}', { cwd: path })
  if (names.length > 0)
    return names
      .filter((name) => name.endsWith('.ndjson'))
      .toSorted()
      .map((name) => join(path, name))
  throw new UsageError(`The folder "${path}" has no NDJSON export.`, exampleExport)
}

type Call = Record<string, unknown>

function parseObject(text: string): Call | undefined {
  try {
    const value = JSON.parse(text) as Call | null
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** @throws {CommandError} at a line that is not a call, or if the file cannot be read */
async function* readFile(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  const fail = (why: string): CommandError =>
    new CommandError(`Cannot read "${path}": ${why}.`, {
      code: 'export_unreadable',
      exitCode: exitCodes.failed,
      suggestion: exampleExport,
    })
  let line = 0
  const input = createReadStream(path, { signal })
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line += 1
      if (text === '') continue
      const call = parseObject(text)
      if (!call) throw fail(`line ${line} is not a JSON object`)
      yield call
    }
  } catch (error) {
    throw signal.aborted || error instanceof CommandError ? error : fail((error as Error).message)
  }
  // An interrupted stream can end like a finished one.
  signal.throwIfAborted()
}

/** The calls of an NDJSON export that were not deleted. */
export async function* readExport(path: string, signal: AbortSignal): AsyncGenerator<Call> {
  for (const file of findFiles(path))
    for await (const call of readFile(file, signal)) if (!call['_deleted_at']) yield call
}
