import type { ReactNode } from 'react'
import type { CallRow } from '../../shared/call-row.ts'
import { excludeValue, writeChoice } from '../../shared/choice.ts'
import { columns, type Column, type ColumnKey } from '../../shared/columns.ts'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { facetOf, labelOf } from '../../shared/facets.ts'
import { formatScore } from '../../shared/format.ts'
import type { UrlChange } from '../use-view.ts'
import { replaceMetric, type View } from '../view.ts'
import { OutcomeBadge } from './outcome-badge.tsx'

export interface CellFilter {
  /** The value, for the names of the buttons. */
  name: string
  only: UrlChange
  exclude?: UrlChange
}

/** A column of this page. */
export interface TableColumn {
  key: string
  title: string
  width: number
  isRight?: boolean | undefined
  isExtra?: boolean | undefined
  /** Its name in the sort order; missing when it cannot be sorted. */
  sort?: string | undefined
  /** The metric whose results the rows need. */
  metric?: number
  cell: (row: CallRow) => ReactNode
  full?: ((row: CallRow) => string) | undefined
  filter?: ((row: CallRow) => CellFilter | undefined) | undefined
}

interface ColumnContext {
  view: View
  metrics: readonly MetricSummary[]
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
      return {
        name: `${name} ${value ?? label}`,
        only: { metric: replaceMetric(view.metrics, id, filter) },
      }
    },
  }
}

/** What a cell of a facet filters by. */
function facetFilter({ facet, title }: Column, view: View) {
  if (!facet) return undefined
  return (row: CallRow): CellFilter => {
    const value = facetOf(facet).read(row, view.zone)
    return {
      name: `${title} ${labelOf(facet, value)}`,
      only: { [facet]: writeChoice({ values: [value], isExcluded: false }) },
      exclude: { [facet]: writeChoice(excludeValue(view.facets[facet], value)) },
    }
  }
}

/** Every column, in their order. */
export function listColumns({ view, metrics }: ColumnContext): TableColumn[] {
  const cells: Partial<Record<ColumnKey, TableColumn['cell']>> = {
    outcome: ({ outcome, reviewed }) => <OutcomeBadge outcome={outcome} reviewed={reviewed} />,
  }
  const own = Object.entries<Column>(columns).map(([key, column]): TableColumn => {
    const { title, width, isRight, isExtra, sort, text, full } = column
    return {
      key,
      title:
        key === 'time' ? `${title} (${view.zone.split('/').at(-1)?.replaceAll('_', ' ')})` : title,
      width,
      isRight,
      isExtra,
      sort: sort && key,
      cell: cells[key as ColumnKey] ?? ((row) => text(row, view.zone)),
      full,
      filter: facetFilter(column, view),
    }
  })
  return [...own, ...metrics.map((metric, index) => metricColumn(metric, index, view))]
}

/** The columns to show: those of the URL, or the default ones. */
export const chooseColumns = (
  all: readonly TableColumn[],
  keys: string[] | undefined,
): TableColumn[] =>
  all.filter(({ key, isExtra }, index) => index === 0 || (keys ? keys.includes(key) : !isExtra))
