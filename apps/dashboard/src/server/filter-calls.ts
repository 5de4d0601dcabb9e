import type { CallFilter } from '../shared/call-filter.ts'
import { noChoice } from '../shared/choice.ts'
import { columnOf, type Order } from '../shared/columns.ts'
import { facetNames, facetOf } from '../shared/facets.ts'
import type { MetricFilter } from '../shared/metric-filter.ts'
import type { PreparedCall } from './prepare-call.ts'

function matchesMetric({ metrics }: PreparedCall, filter: MetricFilter): boolean {
  const metric = metrics.find(({ id }) => id === filter.id)
  if ('label' in filter) return (metric?.enum ?? '') === filter.label
  const score = metric?.score
  if (typeof score !== 'number' || score < filter.from) return false
  return filter.isOpen ? score < filter.to : score <= filter.to
}

/** Whether a call matches. Values of one facet or metric are alternatives, different ones all apply. */
export function createMatcher(filter: CallFilter): (call: PreparedCall) => boolean {
  const { zone, min, max, metric: metrics = [], q = '' } = filter
  const tests: ((call: PreparedCall) => boolean)[] = []
  for (const name of facetNames) {
    const { values, isExcluded } = filter[name] ?? noChoice
    if (values.length === 0) continue
    const chosen = new Set(values)
    const { read } = facetOf(name)
    tests.push((call) => chosen.has(read(call, zone)) !== isExcluded)
  }
  if (min !== undefined) tests.push(({ seconds }) => seconds !== null && seconds >= min)
  if (max !== undefined) tests.push(({ seconds }) => seconds !== null && seconds <= max)
  for (const id of new Set(metrics.map((metric) => metric.id))) {
    const choices = metrics.filter((metric) => metric.id === id)
    tests.push((call) => choices.some((choice) => matchesMetric(call, choice)))
  }
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length > 0) tests.push(({ text }) => words.every((word) => text.includes(word)))
  return (call) => tests.every((test) => test(call))
}

function sortValueOf(key: string): (call: PreparedCall) => number | string | null {
  const column = columnOf(key)
  if (column?.sort) return column.sort
  const id = Number(key.slice('metric:'.length))
  return ({ metrics }) => {
    const metric = metrics.find((candidate) => candidate.id === id)
    return metric?.score ?? metric?.enum ?? null
  }
}

/** A sorted copy; calls without a value come last, equal ones newest first. */
export function sortCalls(
  calls: readonly PreparedCall[],
  { key, isDescending }: Order,
): PreparedCall[] {
  const read = sortValueOf(key)
  const sign = isDescending ? -1 : 1
  return calls
    .map((call) => ({ call, value: read(call) }))
    .sort((a, b) => {
      if (a.value === b.value) return b.call.at - a.call.at || b.call.id - a.call.id
      if (a.value === null) return 1
      if (b.value === null) return -1
      return a.value < b.value ? -sign : sign
    })
    .map(({ call }) => call)
}
