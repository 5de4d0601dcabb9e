import { Button } from '../controls/button.tsx'
import { showNamedRange } from '../controls/range-picker.tsx'
import type { ShownProps } from '../page.ts'
import { useAgents } from '../use-calls.ts'
import { resetFilters } from '../use-view.ts'
import { isFiltered } from '../view.ts'
import { StatePanel } from './state-panel.tsx'

/** No calls: why, and what to do. */
export function EmptyPanel({ shown: { agentId, view, range, summary } }: ShownProps) {
  const { isListed } = useAgents(agentId)
  if (range.state === 'loading') return <p className="state">No matching calls so far.</p>
  const hasOthers = isFiltered(view) && summary.rangeCalls > 0
  const [title, fix] = hasOthers
    ? ['No calls match', 'Remove a filter or reset all.']
    : isListed === false
      ? [`Agent ${agentId} is not available`, 'It is not among the agents of this API key.']
      : ['No calls in this time range', 'Try another time range or check the agent ID.']
  const actions = (
    <>
      {hasOthers && (
        <Button className="primary" onClick={resetFilters}>
          Reset filters
        </Button>
      )}
      {view.range !== '30d' && (
        <Button onClick={() => showNamedRange('30d')}>Show the last 30 days</Button>
      )}
    </>
  )
  return (
    <StatePanel icon="search" title={title} actions={actions}>
      {fix}
    </StatePanel>
  )
}
