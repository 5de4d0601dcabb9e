import type { ReactNode } from 'react'
import type { CallRow } from '../../shared/call-row.ts'
import { columns, type Column } from '../../shared/columns.ts'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { facetOf } from '../../shared/facets.ts'
import { formatScore } from '../../shared/format.ts'
import { facetCondition, metricCondition, type Condition } from '../condition.ts'
import type { Shown } from '../page.ts'
import type { View } from '../view.ts'
import { OutcomeBadge } from './outcome-badge.tsx'

/** A column of this page. */
export interface TableColumn extends Omit<Column, 'sort' | 'text' | 'facet'> {
  key: string
  /** Its name in the sort order; missing when it cannot be sorted. */
  sort?: string | undefined
  /** The metric whose results the rows need. */
  metric?: number
  cell: (row: CallRow) => ReactNode
  /** What a cell filters by. */
  filter?: ((row: CallRow) => Condition | undefined) | undefined
}

const defaultMetrics = 3

function metricColumn(metric: MetricSummary, index: number, view: View): TableColumn {
  const { id, name, decimals, kind } = metric
  const find = (row: CallRow) => row.scores.find((score) => score.id === id)
  return {
    key: `m${id}`,
    title: name,
    sort: `metric:${id}`,
    metric: id,
    width: kind === 'number' ? 82 : 100,
    isRight: kind === 'number',
    isExtra: index >= defaultMetrics,
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
      return metricCondition(view, filter)
    },
  }
}

function callColumn(key: string, column: Column, view: View): TableColumn {
  const { sort, text, facet, ...rest } = column
  const zone = view.tz.split('/').at(-1)?.replaceAll('_', ' ')
  return {
    ...rest,
    key,
    title: key === 'time' ? `${column.title} (${zone})` : column.title,
    sort: sort && key,
    cell: key === 'outcome' ? (row) => <OutcomeBadge {...row} /> : (row) => text(row, view.tz),
    filter: facet && ((row) => facetCondition(view, facet, facetOf(facet).read(row, view.tz))),
  }
}

/** Every column, in their order. */
export const listColumns = ({ view, summary: { metrics } }: Shown): TableColumn[] => [
  ...Object.entries<Column>(columns).map(([key, column]) => callColumn(key, column, view)),
  ...metrics.map((metric, index) => metricColumn(metric, index, view)),
]

/** The columns to show: those of the URL, or the default ones. */
export const chooseColumns = (
  all: readonly TableColumn[],
  keys: readonly string[] | undefined,
): TableColumn[] =>
  all.filter(({ key, isExtra }, index) => index === 0 || (keys ? keys.includes(key) : !isExtra))
