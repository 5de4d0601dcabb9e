/** What the client takes from the world besides `fetch`, so that tests can give their own. */
export interface Effects {
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 up to, not including, 1. */
  random(): number
  /** Resolves after so many milliseconds; rejects at once when the signal aborts. */
  wait(delayMs: number, signal: AbortSignal | undefined): Promise<unknown>
}

/**
 * A signal that aborts when its leader does, and when it is ended, which also lets the leader go.
 *
 * By hand instead of `AbortSignal.any`, which keeps memory with a leader that lives long.
 */
export function followSignal(leader: AbortSignal | undefined): {
  signal: AbortSignal
  end(): void
} {
  const follower = new AbortController()
  const end = (): void => {
    leader?.removeEventListener('abort', end)
    follower.abort(leader?.reason ?? 0)
  }
  leader?.addEventListener('abort', end)
  if (leader?.aborted) end()
  return { signal: follower.signal, end }
}

/**
 * What `work` comes to, or undefined after so many milliseconds; rejects at once when the leader
 * aborts. However it goes, `work` is aborted then, and neither timer nor listener is left.
 *
 * The timer holds the process, which would end in the middle of a walk otherwise.
 */
export function waitFor<Result>(
  delayMs: number,
  leader: AbortSignal | undefined,
  work?: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const { signal, end } = followSignal(leader)
  let timer: ReturnType<typeof setTimeout> | undefined
  return new Promise<Result | undefined>((resolve, reject) => {
    signal.throwIfAborted()
    timer = setTimeout(resolve as () => void, delayMs)
    signal.addEventListener('abort', reject)
    work?.(signal).then(resolve, reject)
  }).finally(() => {
    clearTimeout(timer)
    end()
  })
}

export const systemEffects: Effects = { now: Date.now, random: Math.random, wait: waitFor }
