import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { RangeState, Settings } from '../shared/dashboard-api.ts'
import { formatCount } from '../shared/format.ts'
import { BreakdownPanel } from './breakdown-panel.tsx'
import { listCharts } from './charts/chart-list.tsx'
import { ChartPicker } from './charts/chart-picker.tsx'
import { ColumnChoice } from './controls/display-menu.tsx'
import { ExportMenu } from './controls/export-menu.tsx'
import { FacetPanel } from './filters/facet-panel.tsx'
import { FilterChips } from './filters/filter-chips.tsx'
import { Headline } from './headline.tsx'
import { EmptyPanel } from './states/empty-panel.tsx'
import { LoadingPanel } from './states/loading-panel.tsx'
import { RangeNotices } from './states/range-notices.tsx'
import { ProblemPanel } from './states/problem-panel.tsx'
import { CallTable } from './table/call-table.tsx'
import { chooseColumns, listColumns } from './table/columns.tsx'
import { TableTools } from './table/table-tools.tsx'
import { toProblem, useSummary, type Shown } from './use-calls.ts'
import { useNarrow } from './use-media.ts'
import { isFiltered, toFilterQuery, type View } from './view.ts'

interface CallsViewProps {
  agentId: number
  settings: Settings
  range: RangeState
  view: View
  /** Where the buttons are that need calls. */
  tools: HTMLElement | null
  /** Where the choice of columns is while its menu is open. */
  columnSlot: HTMLElement | null
  /** Position of the open call among the filtered ones. */
  openIndex: number | undefined
  onReload: () => Promise<void>
  onRetry: () => Promise<unknown>
}

interface PanelsProps {
  shown: Shown
  view: View
  isComparing: boolean
}

/** The breakdown and the chosen charts. */
function Panels({ shown, view, isComparing }: PanelsProps) {
  const charts = listCharts(shown.summary.metrics)
  return (
    <div className="panels">
      <BreakdownPanel shown={shown} view={view} isComparing={isComparing} />
      {view.charts.map((key) => {
        const chart = charts.find((one) => one.key === key)
        return chart && <Slot key={key}>{chart.render({ shown, view })}</Slot>
      })}
    </div>
  )
}

const Slot = ({ children }: { children: ReactNode }) => children

type ListProps = Omit<CallsViewProps, 'tools' | 'settings' | 'columnSlot' | 'agentId'> & {
  shown: Shown
  columns: ReturnType<typeof listColumns>
  isBusy: boolean
}

/** The list of calls with what belongs to it. */
function CallList({ shown, columns, isBusy, range, view, openIndex, onReload }: ListProps) {
  const { summary, filter } = shown
  const { calls } = summary.now
  const isNarrow = useNarrow()
  return (
    <section className="calls" aria-label="List of calls">
      <TableTools
        calls={calls}
        rangeCalls={summary.rangeCalls}
        range={range}
        view={view}
        columns={columns}
        isNarrow={isNarrow}
        onReload={onReload}
      >
        <ChartPicker charts={listCharts(summary.metrics)} chosen={view.charts} />
      </TableTools>
      {calls === 0 ? (
        <EmptyPanel
          agentId={filter.agent_id}
          hasOthers={isFiltered(view) && summary.rangeCalls > 0}
          isLoading={range.state === 'loading'}
          time={view.time}
        />
      ) : (
        <CallTable
          filter={filter}
          total={calls}
          view={view}
          columns={chooseColumns(columns, view.columns)}
          openIndex={openIndex}
          isBusy={isBusy}
        />
      )}
    </section>
  )
}

/** Everything about the calls of a range. */
export function CallsView(props: CallsViewProps) {
  const { agentId, settings, range, view, tools, columnSlot, onRetry } = props
  const isNarrow = useNarrow()
  const filter = toFilterQuery(view, agentId, range)
  const summary = useSummary(filter, view.by, range)
  const { shown, isComparing, isCurrent, comparisonProblem } = summary
  if (!shown)
    return summary.error ? (
      <ProblemPanel
        key={summary.errorUpdatedAt}
        problem={toProblem(summary.error)}
        onRetry={() => void summary.refetch()}
      />
    ) : (
      <LoadingPanel range={range} />
    )
  const { metrics, rangeCalls, now } = shown.summary
  const columns = listColumns({ view, metrics })
  const panel = (
    <FacetPanel
      summary={shown.summary}
      view={view}
      note={`Counts are of ${range.isPart ? 'the newest' : 'all'} ${formatCount(rangeCalls)} calls${range.state === 'loading' ? ' so far' : ''}.`}
    />
  )
  const panels = now.calls > 0 && (
    <Panels shown={shown} view={view} isComparing={isComparing || range.state === 'loading'} />
  )
  const list = <CallList {...props} shown={shown} columns={columns} isBusy={!isCurrent} />
  return (
    <>
      {tools &&
        createPortal(
          <ExportMenu
            filter={shown.filter}
            sort={view.sort}
            calls={now.calls}
            range={range}
            canReveal={settings.canReveal}
          />,
          tools,
        )}
      {columnSlot && createPortal(<ColumnChoice columns={columns} view={view} />, columnSlot)}
      <RangeNotices
        range={range}
        zone={view.zone}
        comparisonProblem={comparisonProblem}
        onRetry={onRetry}
      />
      <FilterChips view={view} metrics={metrics} />
      <div className="columns">
        {isNarrow ? (
          <details className="facets-fold">
            <summary>Filters</summary>
            {panel}
          </details>
        ) : (
          panel
        )}
        <div className="content">
          <Headline shown={shown} view={view} range={range} isComparing={isComparing} />
          {!isNarrow && panels}
          {list}
          {isNarrow && panels}
        </div>
      </div>
    </>
  )
}
