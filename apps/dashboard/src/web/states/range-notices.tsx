import { formatNumber, plural } from '@cekura-kit/call-format'
import { formatTime } from '../../shared/format.ts'
import { Button } from '../controls/button.tsx'
import type { ShownProps } from '../page.ts'
import { LoadProgress } from './load-progress.tsx'
import { Notice } from './notice.tsx'

/** What a range has that is not all of its calls, and why. */
export function RangeNotices({ shown: { range, view, comparisonProblem, refetch } }: ShownProps) {
  const { state, isPart, expected, unreadable, problem } = range
  const start = formatTime(range.completeFrom, view.tz)
  return (
    <>
      {state === 'loading' && <LoadProgress range={range} />}
      {state === 'failed' && problem && (
        <Notice action={<Button onClick={() => void refetch()}>Try again</Button>}>
          Calls before {start} are missing: {problem.title}. {problem.fix}
        </Notice>
      )}
      {isPart && (
        <Notice>
          These are the newest {formatNumber(range.shown)} of{' '}
          {formatNumber(expected ?? range.shown)} calls, since {start}. All numbers cover only these
          calls. Choose a shorter range to see all.
        </Notice>
      )}
      {unreadable > 0 && (
        <Notice>
          {plural(unreadable, 'call')} could not be processed in full and count as not evaluated.
        </Notice>
      )}
      {comparisonProblem && (
        <Notice>
          The previous period is missing: {comparisonProblem.title}. {comparisonProblem.fix}
        </Notice>
      )}
    </>
  )
}
