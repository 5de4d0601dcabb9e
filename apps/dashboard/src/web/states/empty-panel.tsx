import { showNamedRange } from '../controls/range-picker.tsx'
import { Icon } from '../icons.tsx'
import { resetFilters } from '../use-view.ts'
import type { TimeChoice } from '../view.ts'

interface EmptyPanelProps {
  /** Whether the window holds calls that the filters leave out. */
  hasOthers: boolean
  time: TimeChoice
}

/** No calls: why, and the way out. */
export function EmptyPanel({ hasOthers, time }: EmptyPanelProps) {
  const isWidest = 'range' in time && time.range === '30d'
  return (
    <div className="state">
      <Icon name="search" />
      <h2>{hasOthers ? 'No calls pass the filters' : 'No calls in this time range'}</h2>
      <p>
        {hasOthers
          ? 'Take out a filter above, or all of them.'
          : 'Choose a longer or another range, or check the agent’s number.'}
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
