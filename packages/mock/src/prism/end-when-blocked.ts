import { Worker } from 'node:worker_threads'

/** Processor time, so that a busy machine does not look like a blocked process. */
const mostBlockedMs = 900

// Runs as JavaScript, in source and in a build.
const watch = `
  const { workerData } = require('node:worker_threads')
  const beats = new Int32Array(workerData.beats)
  const usedMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
  let seen = -1
  let since = usedMs()
  setInterval(() => {
    const now = Atomics.load(beats, 0)
    if (now !== seen) [seen, since] = [now, usedMs()]
    if (usedMs() - since > workerData.mostBlockedMs) process.kill(process.pid, 'SIGKILL')
  }, 100)`

/**
 * Ends this process when its event loop is blocked, as a pattern that backtracks for ever blocks
 * it: a blocked loop does not hear either that its parent is gone.
 */
export function endWhenBlocked(): void {
  const beats = new SharedArrayBuffer(4)
  const beat = new Int32Array(beats)
  setInterval(() => Atomics.add(beat, 0, 1), 100).unref()
  new Worker(watch, { eval: true, workerData: { beats, mostBlockedMs } }).unref()
}
