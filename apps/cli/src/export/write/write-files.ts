import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

export interface FileFacts {
  name: string
  sha256: string
  bytes: number
  /** When it was last modified, in Unix milliseconds. */
  modified: number
}

export interface WriteOptions {
  signal?: AbortSignal
  /** Called when the content is complete, before the file replaces an old one. */
  beforePlace?(): void
}

/** Creates a folder and its parents, readable by the owner only: they hold personal data. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    // Not recursive: below /proc, where no folder can be created, Node would retry indefinitely.
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another export may have created it.
    if (!existsSync(path)) throw error
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

export type NewFile = ReturnType<typeof createFile>

/**
 * A file under a temporary name of this run, which is renamed when it is complete, so that a crash or
 * a full disk leaves the old one whole. Readable by its owner only: it holds personal data.
 */
export function createFile(path: string) {
  const folder = dirname(path)
  const prefix = `_${basename(path)}.`
  makeFolder(folder)
  // Killed runs left these: the output is locked, so no other run writes it.
  for (const name of readdirSync(folder))
    if (name.startsWith(prefix) && name.endsWith('.tmp')) rmSync(join(folder, name))
  const temporary = join(folder, `${prefix}${runId}.tmp`)
  const file = openSync(temporary, 'wx', 0o600)
  const hash = createHash('sha256')
  return {
    write(data: Uint8Array): void {
      hash.update(data)
      appendFileSync(file, data)
    },
    /** Ends the content. */
    seal(): FileFacts {
      fsyncSync(file)
      const { size, mtimeMs } = fstatSync(file)
      return { name: basename(path), sha256: hash.digest('hex'), bytes: size, modified: mtimeMs }
    },
    /** Renames the sealed file to its final name. */
    place(): void {
      renameSync(temporary, path)
      syncFolder(folder)
    },
    /** Removes the temporary file. */
    [Symbol.dispose](): void {
      closeSync(file)
      rmSync(temporary, { force: true })
    },
  }
}

const chunkLength = 1 << 18

/** Writes a text file, whole or not at all. */
export async function writeText(
  path: string,
  lines: Iterable<string>,
  { signal, beforePlace }: WriteOptions = {},
): Promise<FileFacts> {
  using file = createFile(path)
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length < chunkLength) continue
    file.write(Buffer.from(chunk))
    chunk = ''
    // Signals arrive between chunks.
    await nextTurn()
    signal?.throwIfAborted()
  }
  file.write(Buffer.from(chunk))
  const facts = file.seal()
  beforePlace?.()
  file.place()
  return facts
}
