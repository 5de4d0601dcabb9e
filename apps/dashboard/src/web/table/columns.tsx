import type { ReactNode } from 'react'
import type { CallRow, MetricSummary, SortKey } from '../../shared/dashboard-api.ts'
import {
  describeInstant,
  formatScore,
  formatSecond,
  formatSeconds,
  formatValue,
} from '../format.ts'
import type { Zone } from '../format.ts'
import type { UrlChange } from '../use-view.ts'
import { toggleMetric, toggleValue, type View } from '../view.ts'
import { NumberCell } from './number-cell.tsx'
import { StatusBadge } from './status-badge.tsx'

export interface CellFilter {
  /** What only is shown then, for the button's name. */
  says: string
  change: UrlChange
}

export interface Column {
  key: string
  title: string
  sort?: SortKey
  /** Usual width in pixels; what is left is shared in proportion. */
  width: number
  isRight?: boolean
  /** Not shown unless chosen. */
  isExtra?: boolean
  /** What a cell shows; a row that is near, by pointer or focus, offers more. */
  cell: (row: CallRow, isNear: boolean) => ReactNode
  /** The whole text, for a tooltip. */
  full?: (row: CallRow) => string
  filter?: (row: CallRow) => CellFilter | undefined
}

interface ColumnContext {
  view: View
  metrics: readonly MetricSummary[]
  agentId: number
  canReveal: boolean
}

const usualMetrics = 3

function metricColumn(metric: MetricSummary, index: number, view: View): Column {
  const { id, name, decimals, kind } = metric
  const find = (row: CallRow) => row.scores.find((score) => score.id === id)
  return {
    key: `m${id}`,
    title: name,
    sort: `metric:${id}`,
    width: kind === 'number' ? 92 : 112,
    isRight: kind === 'number',
    isExtra: index >= usualMetrics,
    cell(row) {
      const score = find(row)
      return score?.score === undefined ? (score?.label ?? '–') : formatScore(score.score, decimals)
    },
    filter(row) {
      const score = find(row)
      if (!score) return undefined
      const { score: value, label = '' } = score
      const filter =
        value === undefined ? { id, label } : { id, from: value, to: value, isOpen: false }
      return {
        says: `${name} ${value ?? label}`,
        change: { metric: toggleMetric(view.metrics, filter) },
      }
    },
  }
}

/** Every column there is, in their order. */
export function listColumns({ view, metrics, agentId, canReveal }: ColumnContext): Column[] {
  const { zone, facets } = view
  const facetFilter = (name: 'status' | 'reason' | 'topic', row: CallRow): CellFilter => ({
    says: `${name} ${formatValue(name, row[name])}`,
    change: { [name]: toggleValue(facets[name], row[name]) },
  })
  const zoneName: Record<Zone, string> = { UTC: 'Time, UTC', local: 'Time, local' }
  return [
    {
      key: 'time',
      title: zoneName[zone],
      sort: 'timestamp',
      width: 138,
      cell: (row) => formatSecond(row.timestamp, zone),
      full: (row) => describeInstant(row.timestamp),
    },
    {
      key: 'status',
      title: 'Status',
      sort: 'status',
      width: 164,
      cell: (row) => <StatusBadge status={row.status} />,
      filter: (row) => facetFilter('status', row),
    },
    {
      key: 'duration',
      title: 'Duration',
      sort: 'duration',
      width: 114,
      isRight: true,
      cell: (row) => formatSeconds(row.seconds),
    },
    {
      key: 'topic',
      title: 'Topic',
      sort: 'topic',
      width: 130,
      cell: (row) => row.topic || '–',
      full: (row) => row.topic,
      filter: (row) => facetFilter('topic', row),
    },
    {
      key: 'reason',
      title: 'Ended reason',
      sort: 'reason',
      width: 160,
      cell: (row) => row.reason || '–',
      full: (row) => row.reason,
      filter: (row) => facetFilter('reason', row),
    },
    {
      key: 'dropoff',
      title: 'Drop-off point',
      width: 150,
      isExtra: true,
      cell: (row) => row.dropoff || '–',
      full: (row) => row.dropoff,
    },
    {
      key: 'reviewed',
      title: 'Review',
      width: 100,
      isExtra: true,
      cell: (row) => (row.reviewed ? 'Reviewed' : '–'),
      filter: (row) => ({
        says: row.reviewed ? 'reviewed' : 'not reviewed',
        change: { reviewed: toggleValue(facets.reviewed, row.reviewed ? 'yes' : 'no') },
      }),
    },
    {
      key: 'number',
      title: 'Customer',
      width: 138,
      cell: (row, isNear) => (
        <NumberCell agentId={agentId} row={row} canReveal={canReveal} isNear={isNear} />
      ),
    },
    {
      key: 'call_id',
      title: 'Call id',
      width: 150,
      isExtra: true,
      cell: (row) => row.call_id || '–',
      full: (row) => row.call_id,
    },
    { key: 'id', title: 'Id', sort: 'id', width: 96, isRight: true, cell: (row) => row.id },
    ...metrics.map((metric, index) => metricColumn(metric, index, view)),
  ]
}

/** The columns to show: those the address names, or the usual ones. The first opens a call. */
export const chooseColumns = (columns: readonly Column[], keys: string[] | undefined): Column[] =>
  columns.filter(({ key, isExtra }, index) => index === 0 || (keys ? keys.includes(key) : !isExtra))
