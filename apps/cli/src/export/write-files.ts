import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'

/** A file that is not in its place yet. */
export interface NewFile extends Disposable {
  write(bytes: Uint8Array): void
  /** Nothing more is written. @returns its SHA-256 in hex and its size in bytes */
  seal(): { sha256: string; bytes: number }
  /** Moves the sealed file to its place. */
  place(): void
  /** Takes it away when it is not in its place. */
  [Symbol.dispose](): void
}

/** Writing to a disk went wrong; `path` is the file that was meant. */
export class DiskError extends Error {
  readonly path: string

  constructor(path: string, cause: unknown) {
    super((cause as Error).message, { cause })
    this.path = path
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    return false
  }
}

/** Folders for personal data: nobody else may look in. */
export function makeFolder(path: string): void {
  if (isFolder(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  try {
    // Not recursively: below /proc, where no folder can be made, Node would try that for ever.
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another worker may have been quicker.
    if (!isFolder(path)) throw new DiskError(path, error)
  }
}

function sync(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/**
 * Writes a file beside its place and moves it there, so that a crash or a full disk leaves the old
 * one whole. Readable by its owner alone: it holds personal data.
 *
 * The name beside is always the same and no data file to any reader, so that what a killed run
 * leaves behind is written over by the next one.
 *
 * @throws {DiskError}
 */
export function createFile(path: string): NewFile {
  const folder = dirname(path)
  const beside = join(folder, `_${basename(path)}.tmp`)
  const attempt = <Value>(work: () => Value): Value => {
    try {
      return work()
    } catch (error) {
      throw new DiskError(path, error)
    }
  }
  makeFolder(folder)
  const hash = createHash('sha256')
  let bytes = 0
  const file = attempt(() => {
    rmSync(beside, { force: true })
    return openSync(beside, 'wx', 0o600)
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
      attempt(() => {
        for (let at = 0; at < data.length;) at += writeSync(file, data, at)
      })
      bytes += data.length
    },
    seal() {
      attempt(() => {
        fsyncSync(file)
        close()
      })
      return { sha256: hash.digest('hex'), bytes }
    },
    place() {
      attempt(() => {
        renameSync(beside, path)
        sync(folder)
      })
    },
    [Symbol.dispose]() {
      close()
      rmSync(beside, { force: true })
    },
  }
}

const chunkBytes = 1 << 20

/**
 * A text file, whole or not at all. Signals are heard between its chunks.
 *
 * @throws {DiskError}
 */
export async function writeText(
  path: string,
  lines: Iterable<string>,
  signal?: AbortSignal,
): Promise<{ sha256: string; bytes: number }> {
  using file = createFile(path)
  // One for all of it: memory outside of the engine's own goes back late.
  const chunk = Buffer.allocUnsafe(chunkBytes)
  let used = 0
  for (const line of lines) {
    const bytes = Buffer.byteLength(line)
    if (used + bytes > chunkBytes) {
      file.write(chunk.subarray(0, used))
      used = 0
      await turn()
      signal?.throwIfAborted()
    }
    if (bytes > chunkBytes) file.write(Buffer.from(line))
    else used += chunk.write(line, used)
  }
  file.write(chunk.subarray(0, used))
  const facts = file.seal()
  file.place()
  return facts
}
