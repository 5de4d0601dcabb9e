import type { Problem, RangeState } from '../../shared/dashboard-api.ts'
import { formatCalls, formatCount, formatLength, formatTime } from '../../shared/format.ts'
import { useNow } from '../use-media.ts'
import { Notice } from './notice.tsx'

interface NoticesProps {
  range: RangeState
  zone: string
  /** Why the previous period could not be loaded. */
  comparisonProblem: Problem | undefined
  onRetry: () => Promise<unknown>
}

/** How far the load is. */
function Progress({ range }: { range: RangeState }) {
  const now = useNow(500)
  const { loaded, expected, waitingUntil } = range
  const wait = waitingUntil ? Math.ceil((Date.parse(waitingUntil) - now) / 1000) : 0
  return (
    <div className="progress" role="status">
      <p>
        {wait > 0
          ? `Rate limited; resuming in ${formatLength(wait)}.`
          : expected === undefined
            ? `Loading calls: ${formatCount(loaded)} so far`
            : `Loading ${formatCount(Math.min(loaded, expected))} of ${formatCalls(expected)}`}
      </p>
      <progress
        max={expected || 1}
        {...(expected !== undefined && { value: Math.min(loaded, expected) })}
        aria-label="Loaded calls"
      />
    </div>
  )
}

/** What a range has that is not all of its calls, and why. */
export function RangeNotices({ range, zone, comparisonProblem, onRetry }: NoticesProps) {
  const { state, isPart, shown, expected, completeFrom, unreadable, problem } = range
  const retry = (
    <button type="button" onClick={() => void onRetry()}>
      Try again
    </button>
  )
  return (
    <>
      {state === 'loading' && <Progress range={range} />}
      {state === 'failed' && problem && (
        <Notice icon="warning" tone="warning" action={retry}>
          Calls before {formatTime(completeFrom, zone)} are missing: {problem.title}. {problem.fix}
        </Notice>
      )}
      {isPart && (
        <Notice icon="warning" tone="warning">
          These are the newest {formatCount(shown)} of {formatCount(expected ?? shown)} calls, since{' '}
          {formatTime(completeFrom, zone)}. All numbers cover only these calls. Choose a shorter
          range to see all.
        </Notice>
      )}
      {unreadable > 0 && (
        <Notice icon="warning" tone="warning">
          {formatCalls(unreadable)} could not be processed in full and count as not evaluated.
        </Notice>
      )}
      {comparisonProblem && (
        <Notice icon="warning" tone="warning">
          The previous period is missing: {comparisonProblem.title}. {comparisonProblem.fix}
        </Notice>
      )}
    </>
  )
}
