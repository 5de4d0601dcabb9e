import { toggleValue, noChoice, writeChoice } from '../shared/choice.ts'
import { labelOf, type FacetName } from '../shared/facets.ts'
import { writeMetricFilter, type MetricFilter } from '../shared/metric-filter.ts'
import type { UrlChange } from './use-view.ts'
import { writeMetrics, type View } from './view.ts'

/** What calls can be filtered by: a value of a facet, or of a metric. */
export interface Condition {
  label: string
  isChosen: boolean
  /** Adds the condition, or removes it. */
  toggle: UrlChange
}

/** That calls have a value of a facet. */
export function facetCondition(view: View, name: FacetName, value: string): Condition {
  const included = view[name].isExcluded ? noChoice : view[name]
  return {
    label: labelOf(name, value),
    isChosen: included.values.includes(value),
    toggle: { [name]: writeChoice(toggleValue(included, value)) },
  }
}

function describeMetric(filter: MetricFilter): string {
  if ('label' in filter) return filter.label || '(none)'
  const { from, to, isOpen } = filter
  if (from === to) return String(from)
  if (to === Infinity) return `${from} or more`
  return `${from === -Infinity ? 'up' : from} to ${isOpen ? 'under ' : ''}${to}`
}

/** That calls have a label or a score of a metric; the conditions of a metric are alternatives. */
export function metricCondition({ metric }: View, filter: MetricFilter): Condition {
  const text = writeMetricFilter(filter)
  const others = metric.filter((other) => writeMetricFilter(other) !== text)
  const isChosen = others.length < metric.length
  return {
    label: describeMetric(filter),
    isChosen,
    toggle: { metric: writeMetrics(isChosen ? others : [...metric, filter]) },
  }
}

/** Replaces all conditions of a metric by one, or by none. */
export const replaceMetric = (
  { metric }: View,
  id: number,
  filter: MetricFilter | undefined,
): UrlChange => ({
  metric: writeMetrics([...metric.filter((other) => other.id !== id), ...(filter ? [filter] : [])]),
})
