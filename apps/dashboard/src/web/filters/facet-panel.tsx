import { formatNumber, formatSeconds } from '@cekura-kit/call-format'
import { facetOf, panelFacets } from '../../shared/facets.ts'
import { readSeconds } from '../../shared/format.ts'
import { facetCondition } from '../condition.ts'
import { Button } from '../controls/button.tsx'
import type { ShownProps } from '../page.ts'
import { resetFilters, setUrl } from '../use-view.ts'
import { isFiltered } from '../view.ts'
import { BoundsFilter } from './bounds-filter.tsx'
import { MetricFilter } from './metric-filter.tsx'
import { ValueList } from './value-list.tsx'

/** All filters, with the number of calls of each value. */
export const FacetPanel = ({ shown: { summary, view, range } }: ShownProps) => (
  <aside className="facets" aria-label="Filters">
    <header>
      <h2>Filters</h2>
      <Button className="quiet" disabled={!isFiltered(view)} onClick={resetFilters}>
        Reset filters
      </Button>
    </header>
    <p className="note">
      Counts are of {range.isPart ? 'the newest' : 'all'} {formatNumber(summary.rangeCalls)} calls
      {range.state === 'loading' && ' so far'}.
    </p>
    {panelFacets.map((name) => {
      const counts = summary.facets[name]
      return (
        counts && (
          <ValueList
            key={name}
            title={facetOf(name).title}
            {...counts}
            inUse={view[name].values}
            conditionOf={(value) => facetCondition(view, name, value)}
          />
        )
      )
    })}
    <BoundsFilter
      title="Duration"
      bounds={{ from: view.min, to: view.max }}
      read={readSeconds}
      format={formatSeconds}
      hint="Use m:ss or seconds."
      placeholder="m:ss"
      onApply={({ from, to }) => setUrl({ min: from?.toString(), max: to?.toString() })}
    />
    {summary.metrics.map((metric) => (
      <MetricFilter key={metric.id} metric={metric} view={view} />
    ))}
  </aside>
)
