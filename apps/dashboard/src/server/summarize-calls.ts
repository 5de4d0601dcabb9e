import {
  countOne,
  createCallCounter,
  createMetricCounter,
  rankCounts,
  type BucketPlan,
  type CallSummary,
  type MetricSpread,
  type ValueCount,
} from '@cekura-kit/call-format'
import { countDecimals } from '../shared/count-decimals.ts'
import { facetNames, type Bucket, type FacetName } from '../shared/dashboard-api.ts'
import type { Facet, Kpis, MetricSummary, SummaryAnswer } from '../shared/dashboard-api.ts'
import { createMatcher, facetValue, type CallFilter } from './filter-calls.ts'
import type { LoadedWindow } from './load-window.ts'
import { planBucketMs } from './plan-bucket.ts'
import type { PreparedCall } from './prepare-call.ts'

const maxFacetValues = 50
const maxLabels = 20
const maxMetrics = 24

const toFacet = (ranked: readonly ValueCount[]): Facet => ({
  values: ranked.slice(0, maxFacetValues),
  distinct: ranked.length,
  rest: ranked.slice(maxFacetValues).reduce((sum, { count }) => sum + count, 0),
})

function countFacet(calls: readonly PreparedCall[], facet: FacetName): Facet {
  const counts = new Map<string, number>()
  for (const call of calls) countOne(counts, facetValue(call, facet))
  return toFacet(rankCounts(counts))
}

const toKpis = (figures: CallSummary): Kpis => ({
  calls: figures.calls,
  successes: figures.succeeded,
  failures: figures.failed,
  unjudged: figures.not_evaluated,
  reviewed: figures.reviewed,
  medianSeconds: figures.duration_seconds.p50,
  p90Seconds: figures.duration_seconds.p90,
})

/** Buckets of one size, the first and the last one cut off by the range. */
function planVolume({ from, to, offset = 0 }: SummaryRange): BucketPlan {
  const size = planBucketMs(to - from)
  const ahead = offset * 60_000
  const first = Math.floor((from + ahead) / size) * size - ahead
  const length = Math.max(1, Math.ceil((to - first) / size))
  const buckets = Array.from({ length }, (_, index) => ({
    from: Math.max(from, first + index * size),
    // The end of the range is part of it.
    to: index === length - 1 ? to + 1 : first + (index + 1) * size,
    isPartial: false,
  }))
  return { unit: '', buckets }
}

const toBuckets = ({ volume }: CallSummary, { to }: SummaryRange): Bucket[] =>
  volume.map((bucket) => ({
    start: bucket.from,
    end: new Date(Math.min(to, Date.parse(bucket.to))).toISOString(),
    success: bucket.succeeded,
    failure: bucket.failed,
    unjudged: bucket.not_evaluated,
  }))

const maxInspected = 500

/** How many decimals a metric's scores have, judged by the newest calls; two when they have none. */
function decimalsOf(calls: readonly PreparedCall[], id: number): number {
  const scores = calls
    .slice(0, maxInspected)
    .flatMap(({ metrics }) => metrics.find((metric) => metric.id === id)?.score ?? [])
  if (scores.length === 0) return 2
  return Math.min(3, Math.max(...scores.map(countDecimals)))
}

const toMetric = (
  { id, name, kind, count, median, bins, labels }: MetricSpread,
  calls: readonly PreparedCall[],
): MetricSummary => ({
  id,
  name,
  kind,
  count,
  median,
  decimals: decimalsOf(calls, id),
  bins,
  labels: labels.slice(0, maxLabels),
})

function countMetric(calls: readonly PreparedCall[], id: number): MetricSpread | undefined {
  const counter = createMetricCounter()
  for (const { metrics } of calls) counter.add(metrics.filter((metric) => metric.id === id))
  return counter.end()[0]
}

interface SummaryRange {
  from: number
  to: number
  /** Minutes that the reader's clock is ahead of UTC, so that days begin at midnight. */
  offset?: number | undefined
}

/**
 * Everything above the table, for the calls that a filter leaves. The values of a facet, and of a
 * metric, count as if nothing were chosen among them.
 */
export function summarizeCalls(
  { calls, coveredFrom }: Pick<LoadedWindow, 'calls' | 'coveredFrom'>,
  left: readonly PreparedCall[],
  filter: CallFilter,
  range: SummaryRange,
): SummaryAnswer {
  const counter = createCallCounter()
  for (const { call } of left) counter.add(call)
  const figures = counter.end(planVolume(range))
  const facets = Object.fromEntries(
    facetNames.map((facet) => {
      const others = filter[facet]?.length ? calls.filter(createMatcher(filter, facet)) : left
      return [facet, countFacet(others, facet)]
    }),
  ) as Record<FacetName, Facet>
  const metrics = new Map(figures.metrics.map((metric) => [metric.id, metric]))
  for (const { id } of filter.metrics ?? []) {
    const own = countMetric(calls.filter(createMatcher(filter, id)), id)
    if (own) metrics.set(id, own)
  }
  return {
    kpis: toKpis(figures),
    windowCalls: calls.length,
    isWhole: coveredFrom === undefined,
    buckets: toBuckets(figures, range),
    metrics: [...metrics.values()]
      .sort((a, b) => a.id - b.id)
      .slice(0, maxMetrics)
      .map((metric) => toMetric(metric, left)),
    facets,
  }
}
