import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors save in several steps. */
const settleMs = 60

/**
 * Calls back after a file has changed, one call at a time.
 *
 * Folders are watched, not files: an editor that saves by renaming replaces the file itself.
 *
 * @param files asked again after each call; absolute paths
 * @returns ends it
 */
export function watchFiles(
  files: () => readonly string[],
  onChange: () => Promise<void>,
): () => void {
  const watchers = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let ended = false

  function cover(): void {
    for (const folder of new Set(files().map((file) => dirname(file)))) {
      if (watchers.has(folder)) continue
      const watcher = watch(folder, (_, name) => {
        // Some systems do not say which file.
        if (name !== null && !files().some((file) => basename(file) === name)) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          running = running.then(onChange).then(() => (ended ? undefined : cover()))
        }, settleMs)
      })
      watcher.on('error', () => watchers.delete(folder))
      watchers.set(folder, watcher)
    }
  }
  cover()

  return () => {
    ended = true
    clearTimeout(timer)
    for (const watcher of watchers.values()) watcher.close()
  }
}
