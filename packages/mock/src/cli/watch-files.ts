import { statSync } from 'node:fs'

/** Polling also notices a replaced file, and a symbolic link on the way to it. */
const intervalMs = 100

function versionOf(file: string): string | undefined {
  try {
    const { ino, mtimeMs, size } = statSync(file)
    return `${ino} ${mtimeMs} ${size}`
  } catch {
    return undefined
  }
}

/**
 * Calls back after a file has changed, one call at a time.
 *
 * @param files absolute paths, read again after each call
 * @returns stops watching
 */
export function watchFiles(
  files: () => readonly string[],
  onChange: () => Promise<void>,
): () => void {
  let watched = files()
  let versions = watched.map(versionOf)
  let isRunning = false

  async function poll(): Promise<void> {
    const found = watched.map(versionOf)
    // An editor that replaces a file removes it first.
    if (isRunning || found.includes(undefined) || String(found) === String(versions)) return
    versions = found
    isRunning = true
    await onChange().catch(() => {})
    isRunning = false
    // A change during the call is the next one, unless the call has read other files.
    if (String(files()) === String(watched)) return
    watched = files()
    versions = watched.map(versionOf)
  }
  const timer = setInterval(() => void poll(), intervalMs)
  return () => clearInterval(timer)
}
