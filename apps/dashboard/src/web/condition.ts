import { excludeValue, noChoice, toggleValue, writeChoice } from '../shared/choice.ts'
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
  /** Replaces other conditions of the same facet or metric. */
  only: UrlChange
  /** Its opposite, where there is one. */
  exclusion?: { isExcluded: boolean; toggle: UrlChange }
}

/** That calls have a value of a facet, or do not have it. */
export function facetCondition(view: View, name: FacetName, value: string): Condition {
  const choice = view[name]
  const included = choice.isExcluded ? noChoice : choice
  const isExcluded = choice.isExcluded && choice.values.includes(value)
  const excluded = isExcluded ? toggleValue(choice, value) : excludeValue(choice, value)
  return {
    label: labelOf(name, value),
    isChosen: included.values.includes(value),
    toggle: { [name]: writeChoice(toggleValue(included, value)) },
    only: { [name]: writeChoice({ values: [value], isExcluded: false }) },
    exclusion: { isExcluded, toggle: { [name]: writeChoice(excluded) } },
  }
}

/** `2 or more`, `up to 4`, `2 to under 4`, or a single value. */
export function describeBounds(
  { from, to, isOpen = false }: { from: number; to: number; isOpen?: boolean },
  format: (value: number) => string = String,
): string {
  if (from === to) return format(from)
  if (to === Infinity) return `${format(from)} or more`
  return `${from === -Infinity ? 'up' : format(from)} to ${isOpen ? 'under ' : ''}${format(to)}`
}

/** Replaces all conditions of a metric by one, or by none. */
export const replaceMetric = ({ metric }: View, id: number, filter?: MetricFilter): UrlChange => ({
  metric: writeMetrics([...metric.filter((other) => other.id !== id), ...(filter ? [filter] : [])]),
})

/** That calls have a label or a score of a metric; the conditions of a metric are alternatives. */
export function metricCondition(view: View, filter: MetricFilter): Condition {
  const { metric } = view
  const text = writeMetricFilter(filter)
  const others = metric.filter((other) => writeMetricFilter(other) !== text)
  const isChosen = others.length < metric.length
  return {
    label: 'label' in filter ? filter.label || '(none)' : describeBounds(filter),
    isChosen,
    toggle: { metric: writeMetrics(isChosen ? others : [...metric, filter]) },
    only: replaceMetric(view, filter.id, filter),
  }
}
