import type { RangeState } from '../shared/dashboard-api.ts'
import { toRejection } from './problem.ts'
import type { RangeEntry } from './range-cache.ts'

const iso = (time: number): string => new Date(time).toISOString()

/** What the page shows of a range while it is loading and after. */
export function describeRange(
  { range, snapshot, loaded, expected, state, error, readAt }: RangeEntry,
  waitingUntil: number,
  now: number,
): RangeState {
  const { calls, completeFrom, isPart } = snapshot
  const isWaiting = state === 'loading' && waitingUntil > now
  return {
    from: iso(range.from),
    to: iso(range.to),
    state,
    shown: calls.length,
    loaded,
    ...(!Number.isNaN(expected) && { expected: Math.max(expected, calls.length) }),
    completeFrom: iso(completeFrom),
    isPart,
    unreadable: calls.filter(({ isUnreadable }) => isUnreadable).length,
    readAt: iso(readAt),
    ...(isWaiting && { waitingUntil: iso(waitingUntil) }),
    ...(error !== undefined && { problem: toRejection(error).problem }),
  }
}
