/** What the client takes from the world besides `fetch`, so that tests can give their own. */
export interface Effects {
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 up to, not including, 1. */
  random(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason at once when it aborts. */
  wait(delayMs: number, signal: AbortSignal | undefined): Promise<void>
}

export const systemEffects: Effects = {
  now: Date.now,
  random: Math.random,
  wait: (delayMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error)
        return
      }
      // A pending wait keeps the process alive: it would end in the middle of a walk otherwise.
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, delayMs)
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal!.reason as Error)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}
