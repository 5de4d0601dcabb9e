import { useRef } from 'react'
import { createPortal } from 'react-dom'
import type { FilterQuery, SummaryAnswer, WindowState } from '../shared/dashboard-api.ts'
import { ChartGrid } from './charts/chart-grid.tsx'
import { ColumnChoice } from './controls/display-menu.tsx'
import { ExportMenu } from './controls/export-menu.tsx'
import { FacetPanel } from './filters/facet-panel.tsx'
import { FilterChips } from './filters/filter-chips.tsx'
import { formatCount } from './format.ts'
import { KpiStrip } from './kpi-strip.tsx'
import { EmptyPanel } from './states/empty-panel.tsx'
import { LoadingPanel } from './states/loading-panel.tsx'
import { NewerBar } from './states/newer-bar.tsx'
import { Partial, Revealed, Stale } from './states/notices.tsx'
import { ProblemPanel } from './states/problem-panel.tsx'
import { CallTable } from './table/call-table.tsx'
import { chooseColumns, listColumns } from './table/columns.tsx'
import { TableTools } from './table/table-tools.tsx'
import { toProblem, useBefore, useSummary } from './use-calls.ts'
import { useNarrow } from './use-media.ts'
import { isFiltered, toFilterQuery, type View } from './view.ts'

interface CallsViewProps {
  agentId: number
  settings: { canReveal: boolean }
  window: WindowState
  /** Newer calls are being read. */
  isReading: boolean
  view: View
  /** Where the buttons go that need calls. */
  tools: HTMLElement | null
  /** Where the choice of columns goes, while its menu is open. */
  columnSlot: HTMLElement | null
  /** Where the open call stands among the filtered ones. */
  openIndex: number | undefined
  onRefresh: (fresh: 'newer' | 'all') => Promise<void>
}

/** What the reader's clock is ahead of UTC, in minutes, where days begin by it. */
const offsetOf = ({ zone }: View, window: WindowState): number =>
  zone === 'UTC' ? 0 : -new Date(window.to).getTimezoneOffset()

/** The last filter whose figures are known: the table and they always speak of the same calls. */
function useSettled(
  filter: FilterQuery,
  summary: SummaryAnswer | undefined,
  isCurrent: boolean,
): { filter: FilterQuery; summary: SummaryAnswer } | undefined {
  const last = useRef<{ filter: FilterQuery; summary: SummaryAnswer }>(undefined)
  if (isCurrent && summary) last.current = { filter, summary }
  return last.current
}

/** Everything that is said of the calls of a window. */
export function CallsView(props: CallsViewProps) {
  const { agentId, settings, window, isReading, view, openIndex, onRefresh } = props
  const { tools, columnSlot } = props
  const isNarrow = useNarrow()
  const offset = offsetOf(view, window)
  const filter = toFilterQuery(view, agentId, window)
  const answer = useSummary(filter, offset, window.readAt)
  const before = useBefore(filter, window.coveredFrom === undefined)
  const settled = useSettled(filter, answer.data, !answer.isPlaceholderData)
  if (answer.error)
    return (
      <ProblemPanel
        key={answer.errorUpdatedAt}
        problem={toProblem(answer.error)}
        onRetry={() => void answer.refetch()}
      />
    )
  if (!settled) return <LoadingPanel window={window} hasCharts={view.hasCharts} />
  const { summary } = settled
  const { kpis, metrics, windowCalls } = summary
  const columns = listColumns({ view, metrics, agentId, canReveal: settings.canReveal })
  const counted = window.coveredFrom
    ? `Counts are of the newest ${formatCount(windowCalls)} calls.`
    : `Counts are of all ${formatCount(windowCalls)} calls of this time range.`
  const panel = <FacetPanel summary={summary} view={view} counted={counted} />
  return (
    <>
      {tools &&
        createPortal(
          <ExportMenu
            filter={settled.filter}
            sort={view.sort}
            calls={kpis.calls}
            window={window}
            canReveal={settings.canReveal}
          />,
          tools,
        )}
      {columnSlot && createPortal(<ColumnChoice columns={columns} view={view} />, columnSlot)}
      <Partial window={window} zone={view.zone} />
      <Stale key={window.readAt} window={window} onReload={() => onRefresh('all')} />
      <Revealed />
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
          <KpiStrip now={kpis} before={before?.kpis} />
          {view.hasCharts && kpis.calls > 0 && (
            <ChartGrid summary={summary} view={view} offset={offset} />
          )}
          <section className="calls" aria-label="List of calls">
            <TableTools
              calls={kpis.calls}
              windowCalls={windowCalls}
              view={view}
              columns={columns}
              isNarrow={isNarrow}
            />
            <NewerBar
              agentId={agentId}
              window={window}
              isFollowed={'range' in view.time}
              isReading={isReading}
              onShow={() => onRefresh('newer')}
            />
            {kpis.calls === 0 ? (
              <EmptyPanel hasOthers={isFiltered(view) && windowCalls > 0} time={view.time} />
            ) : (
              <CallTable
                filter={settled.filter}
                total={kpis.calls}
                view={view}
                columns={chooseColumns(columns, view.columns)}
                openIndex={openIndex}
                isBusy={answer.isPlaceholderData}
              />
            )}
          </section>
        </div>
      </div>
    </>
  )
}
