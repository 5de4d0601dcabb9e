import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file beside its place and moves it there, so that a crash or a full disk leaves the old
 * one whole. Readable by its owner alone: it holds personal data.
 *
 * @returns its SHA-256 in hex and its size in bytes
 */
export function writeWhole(
  path: string,
  chunks: Iterable<string>,
): { sha256: string; bytes: number } {
  const beside = `${path}.tmp-${process.pid}`
  const hash = createHash('sha256')
  let bytes = 0
  let pending = ''
  const file = openSync(beside, 'w', 0o600)
  const flush = (): void => {
    const data = Buffer.from(pending)
    pending = ''
    hash.update(data)
    for (let at = 0; at < data.length;) at += writeSync(file, data, at)
    bytes += data.length
  }
  try {
    for (const chunk of chunks) {
      pending += chunk
      if (pending.length > 1 << 20) flush()
    }
    flush()
    fsyncSync(file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
  return { sha256: hash.digest('hex'), bytes }
}
