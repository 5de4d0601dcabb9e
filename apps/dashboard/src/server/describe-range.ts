import type { RangeState } from '../shared/dashboard-api.ts'
import { toProblem } from './problem.ts'
import type { RangeEntry } from './range-cache.ts'

const iso = (time: number): string => new Date(time).toISOString()

/** What the page shows of a range while it is loading and after. */
export function describeRange(
  { range, snapshot, progress, isDone, error, readAt }: RangeEntry,
  waitingUntil: number | undefined,
  now: number,
): RangeState {
  const { calls, completeFrom, isPart } = snapshot
  const isLoading = !isDone && error === undefined
  const { expected } = progress
  const isWaiting = isLoading && waitingUntil !== undefined && waitingUntil > now
  return {
    from: iso(range.from),
    to: iso(range.to),
    state: isDone ? 'ready' : isLoading ? 'loading' : 'failed',
    shown: calls.length,
    loaded: isDone ? calls.length : progress.loaded,
    ...(expected !== undefined && { expected: Math.max(expected, calls.length) }),
    completeFrom: iso(completeFrom),
    isPart,
    unreadable: calls.filter(({ isUnreadable }) => isUnreadable).length,
    readAt: iso(readAt),
    ...(isWaiting && { waitingUntil: iso(waitingUntil) }),
    ...(error !== undefined && { problem: toProblem(error) }),
  }
}
