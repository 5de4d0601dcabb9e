import { showNamedRange } from '../controls/range-picker.tsx'
import { Icon } from '../icons.tsx'
import { useAgents } from '../use-calls.ts'
import { resetFilters } from '../use-view.ts'
import type { TimeChoice } from '../view.ts'

interface EmptyPanelProps {
  agentId: number
  /** Whether the range has calls that the filters exclude. */
  hasOthers: boolean
  isLoading: boolean
  time: TimeChoice
}

/** No calls: why, and what to do. */
export function EmptyPanel({ agentId, hasOthers, isLoading, time }: EmptyPanelProps) {
  const { isListed } = useAgents(agentId)
  if (isLoading) return <p className="state">No matching calls so far.</p>
  const isWidest = 'range' in time && time.range === '30d'
  const [title, fix] = hasOthers
    ? ['No calls match', 'Remove a filter or reset all.']
    : isListed === false
      ? [`Agent ${agentId} is not available`, 'It is not among the agents of this API key.']
      : ['No calls in this time range', 'Try another time range or check the agent ID.']
  return (
    <div className="state">
      <Icon name="search" />
      <h2>{title}</h2>
      <p>{fix}</p>
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
