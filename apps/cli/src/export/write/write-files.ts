import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

export interface FileFacts {
  sha256: string
  bytes: number
  /** When it was last modified, in Unix milliseconds. */
  modified: number
}

/** A file under a temporary name. */
export interface NewFile extends Disposable {
  write(bytes: Uint8Array): void
  /** Ends the content. */
  seal(): FileFacts
  /** Renames the sealed file to its final name. */
  place(): void
  /** Removes the temporary file. */
  [Symbol.dispose](): void
}

/** Writing failed; `path` is the final name of the file. */
export class DiskError extends Error {
  readonly path: string

  constructor(path: string, cause: unknown) {
    super((cause as Error).message, { cause })
    this.path = path
  }
}

const attempt = <Value>(path: string, work: () => Value): Value => {
  try {
    return work()
  } catch (error) {
    throw new DiskError(path, error)
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    return false
  }
}

/** Creates a folder and its parents, readable by the owner only: they hold personal data. */
export function makeFolder(path: string): void {
  if (isFolder(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  try {
    // Not recursive: below /proc, where no folder can be created, Node would retry indefinitely.
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another worker may have created it.
    if (!isFolder(path)) throw new DiskError(path, error)
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const runId = `${process.pid}-${randomBytes(4).toString('hex')}`

/** Removes temporary files that killed runs left: the output is locked, so no other run writes it. */
function removeStale(folder: string, prefix: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(prefix) && name.endsWith('.tmp')) rmSync(join(folder, name))
}

/**
 * Writes a file under a temporary name of this run and renames it, so that a crash or a full disk
 * leaves the old one whole. Readable by its owner only: it holds personal data.
 *
 * @throws {DiskError}
 */
export function createFile(path: string): NewFile {
  const folder = dirname(path)
  const prefix = `_${basename(path)}.`
  const temporary = join(folder, `${prefix}${runId}.tmp`)
  makeFolder(folder)
  const hash = createHash('sha256')
  let bytes = 0
  const file = attempt(path, () => {
    removeStale(folder, prefix)
    return openSync(temporary, 'wx', 0o600)
  })
  let isOpen = true
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    closeSync(file)
  }
  return {
    write(data) {
      hash.update(data)
      attempt(path, () => {
        for (let at = 0; at < data.length;) at += writeSync(file, data, at)
      })
      bytes += data.length
    },
    seal() {
      const modified = attempt(path, () => {
        fsyncSync(file)
        const { mtimeMs } = fstatSync(file)
        close()
        return mtimeMs
      })
      return { sha256: hash.digest('hex'), bytes, modified }
    },
    place() {
      attempt(path, () => {
        renameSync(temporary, path)
        syncFolder(folder)
      })
    },
    [Symbol.dispose]() {
      close()
      rmSync(temporary, { force: true })
    },
  }
}

const chunkBytes = 1 << 20

/**
 * Writes a text file, whole or not at all.
 *
 * @param beforePlace called when the content is complete
 * @throws {DiskError}
 */
export async function writeText(
  path: string,
  lines: Iterable<string>,
  { signal, beforePlace }: { signal?: AbortSignal; beforePlace?: () => void } = {},
): Promise<FileFacts> {
  using file = createFile(path)
  // One buffer for the file: memory outside the heap is released late.
  const chunk = Buffer.allocUnsafe(chunkBytes)
  let used = 0
  for (const line of lines) {
    const bytes = Buffer.byteLength(line)
    if (used + bytes > chunkBytes) {
      file.write(chunk.subarray(0, used))
      used = 0
      // Signals arrive between chunks.
      await nextTurn()
      signal?.throwIfAborted()
    }
    if (bytes > chunkBytes) file.write(Buffer.from(line))
    else used += chunk.write(line, used)
  }
  file.write(chunk.subarray(0, used))
  const facts = file.seal()
  beforePlace?.()
  file.place()
  return facts
}
