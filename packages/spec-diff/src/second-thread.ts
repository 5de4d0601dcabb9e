import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** Below this a second thread costs more than it saves. */
const largeBytes = 500_000

/**
 * Starts the thread that generates half of a large pair of files; it loads the compiler, which
 * takes a second, while the first thread loads its own and reads.
 */
export function startSecondThread(files: readonly string[]): Worker | undefined {
  const large = files.some(
    (file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= largeBytes,
  )
  if (!large) return undefined
  const worker = new Worker(new URL('diff-worker.ts', import.meta.url))
  // Files that cannot be used end the process without it.
  worker.unref()
  return worker
}
