import type { WindowState } from '../shared/dashboard-api.ts'
import { toProblem } from './problem.ts'
import type { WindowEntry } from './window-cache.ts'

const iso = (time: number): string => new Date(time).toISOString()

/** What the page is told of a window, while it is read and after. */
export function describeWindow(
  { range, loaded, progress, error, loadedAt, readAt }: WindowEntry,
  waitingUntil: number | undefined,
  now: number,
): WindowState {
  const expected = loaded?.expected ?? progress.expected
  const state = loaded ? 'ready' : error === undefined ? 'loading' : 'failed'
  const isWaiting = state === 'loading' && waitingUntil !== undefined && waitingUntil > now
  return {
    from: iso(range.from),
    to: iso(range.to),
    state,
    loaded: loaded?.calls.length ?? progress.loaded,
    ...(expected !== undefined && { expected }),
    ...(loaded?.coveredFrom !== undefined && { coveredFrom: iso(loaded.coveredFrom) }),
    ...(loadedAt !== undefined && { loadedAt: iso(loadedAt) }),
    ...(loaded && { readAt: iso(readAt) }),
    ...(isWaiting && { waitingUntil: iso(waitingUntil) }),
    ...(error !== undefined && { problem: toProblem(error) }),
  }
}
