/** What the client takes from the world besides `fetch`, so that tests can give their own. */
export interface Effects {
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 up to, not including, 1. */
  random(): number
  /** Serves the time between two attempts, and the one that an attempt gets. */
  wait: typeof waitFor
}

/**
 * A signal that aborts when its leader does, and when it is ended, unless its work is done by then.
 * Either way it lets the leader go.
 *
 * By hand instead of `AbortSignal.any`, which keeps memory with a leader that lives long.
 */
export function followSignal(
  leader: AbortSignal | undefined,
  onEnd?: () => void,
): { signal: AbortSignal; end(isDone?: unknown): void } {
  const follower = new AbortController()
  const end = (isDone?: unknown): void => {
    leader?.removeEventListener('abort', end)
    if (isDone !== true) follower.abort(leader?.reason)
    onEnd?.()
  }
  leader?.addEventListener('abort', end)
  if (leader?.aborted) end()
  return { signal: follower.signal, end }
}

/**
 * What `work` comes to, or undefined after so many milliseconds, or as soon as the leader aborts:
 * `work` is aborted then. However it goes, neither timer nor listener is left.
 *
 * The timer holds the process, which would end in the middle of a walk otherwise.
 */
export const waitFor = <Result>(
  delayMs: number,
  leader: AbortSignal | undefined,
  work?: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(), delayMs)
    const { signal, end } = followSignal(leader, () => {
      clearTimeout(timer)
      ;(resolve as () => void)()
    })
    if (!signal.aborted)
      work?.(signal)
        .then(resolve, reject)
        .then(() => end(true))
  })

export const systemEffects: Effects = { now: Date.now, random: Math.random, wait: waitFor }
