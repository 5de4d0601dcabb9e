import { setImmediate } from 'node:timers/promises'

/** Lets everything that is ready run, without waiting for time to pass. */
export async function runReady(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate()
}

/** What is rejected without a handler while `work` runs. */
export async function collectUnhandled(work: () => Promise<unknown>): Promise<unknown[]> {
  const unhandled: unknown[] = []
  const listen = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', listen)
  try {
    await work()
    // Node reports unhandled rejections after the turn of the event loop.
    await runReady()
  } finally {
    process.off('unhandledRejection', listen)
  }
  return unhandled
}
