/**
 * A signal that aborts when its leader does or when it is ended, and lets go of the leader then.
 *
 * By hand instead of `AbortSignal.any`, which keeps memory for every follower of a long-lived
 * leader.
 */
export function linkAbortSignal(
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
 * The result of `work`, or undefined after `delayMs` milliseconds or as soon as the leader aborts;
 * `work` is aborted then. No timer and no listener is left behind.
 *
 * The timer keeps the process alive, which would otherwise end in the middle of an iteration.
 */
export const withDeadline = <Result>(
  delayMs: number,
  leader: AbortSignal | undefined,
  work?: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(), delayMs)
    const { signal, end } = linkAbortSignal(leader, () => {
      clearTimeout(timer)
      ;(resolve as () => void)()
    })
    if (signal.aborted) return
    work?.(signal)
      .then(resolve, reject)
      .then(() => end(true))
  })
