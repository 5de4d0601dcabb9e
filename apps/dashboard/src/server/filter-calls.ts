import type { FacetName, SortKey } from '../shared/dashboard-api.ts'
import type { PreparedCall } from './prepare-call.ts'

export type MetricFilter = { id: number; from: number; to: number } | { id: number; label: string }

export interface CallFilter {
  status?: readonly string[] | undefined
  reason?: readonly string[] | undefined
  topic?: readonly string[] | undefined
  reviewed?: readonly string[] | undefined
  min?: number | undefined
  max?: number | undefined
  metrics?: readonly MetricFilter[] | undefined
  q?: string | undefined
}

/** The value by which a call counts for a facet. */
export const facetValue = (prepared: PreparedCall, facet: FacetName): string =>
  facet === 'reviewed' ? (prepared.reviewed ? 'yes' : 'no') : prepared[facet]

function matchesMetric({ call }: PreparedCall, filter: MetricFilter): boolean {
  const metric = call.metrics?.find(({ id }) => id === filter.id)
  if (!metric) return false
  if ('label' in filter) return metric.enum === filter.label
  return (
    typeof metric.score === 'number' && metric.score >= filter.from && metric.score <= filter.to
  )
}

/** The test of one call, one facet's own choice left aside if named. */
export function createMatcher(
  filter: CallFilter,
  except?: FacetName,
): (prepared: PreparedCall) => boolean {
  const tests: ((prepared: PreparedCall) => boolean)[] = []
  for (const facet of ['status', 'reason', 'topic', 'reviewed'] as const) {
    const chosen = filter[facet]
    if (!chosen || chosen.length === 0 || facet === except) continue
    const values = new Set(chosen)
    tests.push((prepared) => values.has(facetValue(prepared, facet)))
  }
  const { min, max, q } = filter
  if (min !== undefined) tests.push(({ seconds }) => seconds !== null && seconds >= min)
  if (max !== undefined) tests.push(({ seconds }) => seconds !== null && seconds <= max)
  for (const metric of filter.metrics ?? [])
    tests.push((prepared) => matchesMetric(prepared, metric))
  const words = q?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
  if (words.length > 0) tests.push(({ text }) => words.every((word) => text.includes(word)))
  return (prepared) => tests.every((test) => test(prepared))
}

const sortValue: Record<SortKey, (prepared: PreparedCall) => number | string | null> = {
  timestamp: ({ time }) => time,
  duration: ({ seconds }) => seconds,
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  topic: ({ topic }) => topic,
  id: ({ call }) => call.id,
}

/** Sorted copy; what has no value comes last either way, equal ones newest first. */
export function sortCalls(
  calls: readonly PreparedCall[],
  key: SortKey,
  descending: boolean,
): PreparedCall[] {
  const value = sortValue[key]
  const sign = descending ? -1 : 1
  return [...calls].sort((a, b) => {
    const left = value(a)
    const right = value(b)
    if (left === right) return b.time - a.time || b.call.id - a.call.id
    if (left === null || left === '') return 1
    if (right === null || right === '') return -1
    return left < right ? -sign : sign
  })
}
