import { Fragment } from 'react'
import { BreakdownPanel } from './breakdown-panel.tsx'
import { listCharts } from './charts/chart-list.tsx'
import { FacetPanel } from './filters/facet-panel.tsx'
import { FilterChips } from './filters/filter-chips.tsx'
import { Headline } from './headline.tsx'
import type { ShownProps } from './page.ts'
import { EmptyPanel } from './states/empty-panel.tsx'
import { RangeNotices } from './states/range-notices.tsx'
import { CallTable } from './table/call-table.tsx'
import { TableTools } from './table/table-tools.tsx'
import { useNarrow } from './use-media.ts'

/** The breakdown and the chosen charts. */
function Panels({ shown }: ShownProps) {
  const charts = listCharts(shown.summary.metrics)
  return (
    <div className="panels">
      <BreakdownPanel shown={shown} />
      {shown.view.charts.map((key) => {
        const chart = charts.find((one) => one.key === key)
        return chart && <Fragment key={key}>{chart.render(shown)}</Fragment>
      })}
    </div>
  )
}

/** Everything about the calls of a range. */
export function CallsView({ shown }: ShownProps) {
  const isNarrow = useNarrow()
  const hasCalls = shown.summary.now.calls > 0
  const facets = <FacetPanel shown={shown} />
  const panels = hasCalls && <Panels shown={shown} />
  return (
    <>
      <RangeNotices shown={shown} />
      <FilterChips shown={shown} />
      <div className="columns">
        {isNarrow ? (
          <details className="facets-fold">
            <summary>Filters</summary>
            {facets}
          </details>
        ) : (
          facets
        )}
        <div className="content">
          <Headline shown={shown} />
          {!isNarrow && panels}
          <section className="calls" aria-label="List of calls">
            <TableTools shown={shown} />
            {hasCalls ? <CallTable shown={shown} /> : <EmptyPanel shown={shown} />}
          </section>
          {isNarrow && panels}
        </div>
      </div>
    </>
  )
}
