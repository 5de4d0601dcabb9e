import { Worker } from 'node:worker_threads'

// Told in a thread of its own: a mutant that loops for ever blocks the first one.
const watch = `
  const { workerData } = require('node:worker_threads')
  const tasks = new Int32Array(workerData.tasks)
  const usedMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
  let seen = 0
  let since = usedMs()
  setInterval(() => {
    const now = Atomics.load(tasks, 0)
    if (now !== seen) [seen, since] = [now, usedMs()]
    if (usedMs() - since < workerData.mostMs) return
    require('node:fs').writeSync(2, 'no verdict within ' + workerData.mostMs + ' ms of processor time')
    process.kill(process.pid, 'SIGKILL')
  }, 250)`

/**
 * Ends this process when one task has taken more than so much processor time, which a busy machine
 * does not make longer.
 *
 * @returns to call when a task begins
 */
export function limitWork(mostMs: number): () => void {
  const tasks = new SharedArrayBuffer(4)
  new Worker(watch, { eval: true, workerData: { tasks, mostMs } }).unref()
  return () => Atomics.add(new Int32Array(tasks), 0, 1)
}
