import { showNamedRange } from '../controls/range-picker.tsx'
import { Icon } from '../icons.tsx'
import { resetFilters } from '../use-view.ts'
import type { TimeChoice } from '../view.ts'

interface EmptyPanelProps {
  /** Whether the range has calls that the filters exclude. */
  hasOthers: boolean
  isLoading: boolean
  time: TimeChoice
}

/** No calls: why, and what to do. */
export function EmptyPanel({ hasOthers, isLoading, time }: EmptyPanelProps) {
  if (isLoading) return <p className="state">No matching calls so far.</p>
  const isWidest = 'range' in time && time.range === '30d'
  return (
    <div className="state">
      <Icon name="search" />
      <h2>{hasOthers ? 'No calls match' : 'No calls in this time range'}</h2>
      <p>
        {hasOthers
          ? 'Remove a filter or reset all.'
          : 'Try another time range or check the agent ID.'}
      </p>
      <div className="actions">
        {hasOthers && (
          <button type="button" className="primary" onClick={resetFilters}>
            Reset filters
          </button>
        )}
        {!isWidest && (
          <button type="button" onClick={() => showNamedRange('30d')}>
            Show the last 30 days
          </button>
        )}
      </div>
    </div>
  )
}
