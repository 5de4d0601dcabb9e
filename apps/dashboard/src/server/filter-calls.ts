import { facetNames, type FacetName, type SortKey } from '../shared/dashboard-api.ts'
import type { MetricFilter } from '../shared/metric-filter.ts'
import type { PreparedCall } from './prepare-call.ts'

export interface CallFilter extends Partial<Record<FacetName, readonly string[] | undefined>> {
  min?: number | undefined
  max?: number | undefined
  metrics?: readonly MetricFilter[] | undefined
  q?: string | undefined
}

/** A choice to leave aside: what its own values count for must not depend on it. */
export type Except = FacetName | number

/** The value by which a call counts for a facet. */
export const facetValue = (prepared: PreparedCall, facet: FacetName): string =>
  facet === 'reviewed' ? (prepared.reviewed ? 'yes' : 'no') : prepared[facet]

function matchesMetric(prepared: PreparedCall, filter: MetricFilter): boolean {
  const metric = prepared.metrics.find(({ id }) => id === filter.id)
  if (!metric) return false
  if ('label' in filter) return metric.enum === filter.label
  const { score } = metric
  if (typeof score !== 'number' || score < filter.from) return false
  return filter.isOpen ? score < filter.to : score <= filter.to
}

/** The test of one call. Values of one facet or metric widen, different ones narrow. */
export function createMatcher(
  filter: CallFilter,
  except?: Except,
): (prepared: PreparedCall) => boolean {
  const tests: ((prepared: PreparedCall) => boolean)[] = []
  for (const facet of facetNames) {
    const chosen = filter[facet]
    if (!chosen || chosen.length === 0 || facet === except) continue
    const values = new Set(chosen)
    tests.push((prepared) => values.has(facetValue(prepared, facet)))
  }
  const { min, max, q } = filter
  if (min !== undefined) tests.push(({ seconds }) => seconds !== null && seconds >= min)
  if (max !== undefined) tests.push(({ seconds }) => seconds !== null && seconds <= max)
  for (const id of new Set(filter.metrics?.map((metric) => metric.id))) {
    if (id === except) continue
    const choices = filter.metrics!.filter((metric) => metric.id === id)
    tests.push((prepared) => choices.some((choice) => matchesMetric(prepared, choice)))
  }
  const words = q?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
  if (words.length > 0) tests.push(({ text }) => words.every((word) => text.includes(word)))
  return (prepared) => tests.every((test) => test(prepared))
}

type SortValue = number | string | null

function sortValue(key: SortKey): (prepared: PreparedCall) => SortValue {
  if (key === 'duration') return ({ seconds }) => seconds
  if (key === 'status') return ({ status }) => status || null
  if (key === 'reason') return ({ reason }) => reason || null
  if (key === 'topic') return ({ topic }) => topic || null
  if (key === 'id') return ({ call }) => call.id
  if (key === 'timestamp') return ({ time }) => time
  const id = Number(key.slice('metric:'.length))
  return ({ metrics }) => {
    const metric = metrics.find((candidate) => candidate.id === id)
    return metric?.score ?? metric?.enum ?? null
  }
}

/** Sorted copy; what has no value comes last either way, equal ones newest first. */
export function sortCalls(
  calls: readonly PreparedCall[],
  key: SortKey,
  isDescending: boolean,
): PreparedCall[] {
  const value = sortValue(key)
  const sign = isDescending ? -1 : 1
  return calls
    .map((call) => ({ call, value: value(call) }))
    .sort((a, b) => {
      if (a.value === b.value) return b.call.time - a.call.time || b.call.call.id - a.call.call.id
      if (a.value === null) return 1
      if (b.value === null) return -1
      return a.value < b.value ? -sign : sign
    })
    .map(({ call }) => call)
}
