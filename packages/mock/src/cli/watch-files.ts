import { realpathSync, statSync, watch, type FSWatcher } from 'node:fs'
import { dirname } from 'node:path'

/** Editors save in several steps. */
const settleMs = 60

/** What changes with a file: also a symbolic link on the way to it. */
function versionOf(file: string): string {
  try {
    const path = realpathSync(file)
    const { ino, mtimeMs, size } = statSync(path)
    return [path, ino, mtimeMs, size].join(' ')
  } catch {
    return 'missing'
  }
}

/** Folders in which an event can mean a change: that of the file, and that of what it links to. */
function foldersOf(file: string): string[] {
  try {
    return [dirname(file), dirname(realpathSync(file))]
  } catch {
    return [dirname(file)]
  }
}

/**
 * Calls back after a file has changed, one call at a time.
 *
 * Folders are watched, not files: an editor that saves by renaming replaces the file, and a
 * mounted configuration replaces a symbolic link next to it.
 *
 * @param files absolute paths, read again after each call
 * @returns stops watching
 */
export function watchFiles(
  files: () => readonly string[],
  onChange: () => Promise<void>,
): () => void {
  const watchers = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let ended = false
  let versions = ''

  const readVersions = (): string => files().map(versionOf).join('\n')

  async function run(): Promise<void> {
    const found = readVersions()
    if (ended || found === versions) return
    const before = files()
    await onChange().catch(() => {})
    // A change during the call is the next one, unless the call has read other files.
    versions = files() === before ? found : readVersions()
    cover()
  }
  function schedule(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void (running = running.then(run)), settleMs)
  }
  function cover(): void {
    if (ended) return
    for (const folder of new Set(files().flatMap(foldersOf))) {
      if (watchers.has(folder)) continue
      try {
        const watcher = watch(folder, schedule)
        watcher.on('error', () => watchers.delete(folder))
        watchers.set(folder, watcher)
      } catch {
        // The folder is missing; an event of another one covers it when it returns.
      }
    }
    if (readVersions() !== versions) schedule()
  }
  versions = readVersions()
  cover()

  return () => {
    ended = true
    clearTimeout(timer)
    for (const watcher of watchers.values()) watcher.close()
  }
}
