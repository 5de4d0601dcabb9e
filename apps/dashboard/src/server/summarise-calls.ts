import { facetNames, type Bucket, type FacetName } from '../shared/dashboard-api.ts'
import type { FacetValue, Kpis, MetricSummary, SummaryAnswer } from '../shared/dashboard-api.ts'
import { createMatcher, facetValue, type CallFilter } from './filter-calls.ts'
import type { PreparedCall } from './prepare-call.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const bucketSizes = [
  minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  dayMs,
  7 * dayMs,
]
const mostBuckets = 62
const mostFacetValues = 50

/** The width of a chart's buckets: the finest that leaves a reader room to see each. */
export const planBucketMs = (spanMs: number): number =>
  bucketSizes.find((size) => spanMs / size <= mostBuckets) ?? Math.ceil(spanMs / mostBuckets)

/** The value below which a share of a sorted list lies, between neighbours when it falls there. */
export function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null
  const position = (sorted.length - 1) * share
  const low = sorted[Math.floor(position)]!
  return low + (sorted[Math.ceil(position)]! - low) * (position % 1)
}

function countBy(
  calls: Iterable<PreparedCall>,
  value: (call: PreparedCall) => string,
): FacetValue[] {
  const counts = new Map<string, number>()
  for (const call of calls) {
    const key = value(call)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

function readKpis(calls: readonly PreparedCall[]): Kpis {
  const seconds = calls
    .flatMap(({ seconds }) => (seconds === null ? [] : [seconds]))
    .sort((a, b) => a - b)
  let successes = 0
  let failures = 0
  let reviewed = 0
  for (const { call, reviewed: isReviewed } of calls) {
    if (call.success === true) successes++
    else if (call.success === false) failures++
    if (isReviewed) reviewed++
  }
  return {
    calls: calls.length,
    successes,
    failures,
    unjudged: calls.length - successes - failures,
    reviewed,
    medianSeconds: quantile(seconds, 0.5),
    p90Seconds: quantile(seconds, 0.9),
  }
}

function readBuckets(calls: readonly PreparedCall[], from: number, to: number): Bucket[] {
  const size = planBucketMs(to - from)
  const first = Math.floor(from / size) * size
  const length = Math.max(1, Math.ceil((to - first) / size))
  const buckets = Array.from({ length }, (_, index) => ({
    start: new Date(first + index * size).toISOString(),
    end: new Date(first + (index + 1) * size).toISOString(),
    success: 0,
    failure: 0,
    unjudged: 0,
  }))
  for (const { call, time } of calls) {
    const bucket = buckets[Math.min(length - 1, Math.floor((time - first) / size))]
    if (!bucket) continue
    if (call.success === true) bucket.success++
    else if (call.success === false) bucket.failure++
    else bucket.unjudged++
  }
  return buckets
}

/** A round step that cuts a span into some ten bins. */
function planBinStep(span: number): number {
  const rough = span / 10
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999)!
}

/** Steps of 0.1 add up to a little more or less than what they mean. */
const round = (value: number): number => Number(value.toPrecision(12))

function readBins(scores: readonly number[]): MetricSummary['bins'] {
  const low = scores[0]!
  const high = scores.at(-1)!
  if (low === high) return [{ from: low, to: high, count: scores.length }]
  const step = planBinStep(high - low)
  // 0.3 / 0.1 is a little less than 3.
  const binOf = (score: number): number => Math.floor(score / step + 1e-9)
  const first = binOf(low)
  const bins = Array.from({ length: binOf(high) - first + 1 }, (_, index) => ({
    from: round((first + index) * step),
    to: round((first + index + 1) * step),
    count: 0,
  }))
  for (const score of scores) bins[binOf(score) - first]!.count++
  return bins
}

function readMetrics(calls: readonly PreparedCall[]): MetricSummary[] {
  const metrics = new Map<number, { name: string; scores: number[]; labels: Map<string, number> }>()
  for (const { call } of calls)
    for (const metric of Array.isArray(call.metrics) ? call.metrics : []) {
      let entry = metrics.get(metric.id)
      if (!entry)
        metrics.set(metric.id, (entry = { name: metric.name, scores: [], labels: new Map() }))
      if (typeof metric.score === 'number' && Number.isFinite(metric.score))
        entry.scores.push(metric.score)
      else if (typeof metric.enum === 'string')
        entry.labels.set(metric.enum, (entry.labels.get(metric.enum) ?? 0) + 1)
    }
  return [...metrics].slice(0, 24).map(([id, { name, scores, labels }]) => {
    scores.sort((a, b) => a - b)
    const isNumber = scores.length > 0
    return {
      id,
      name: String(name ?? id).slice(0, 200),
      kind: isNumber ? 'number' : 'label',
      count: isNumber ? scores.length : [...labels.values()].reduce((sum, count) => sum + count, 0),
      median: quantile(scores, 0.5),
      bins: isNumber ? readBins(scores) : [],
      labels: [...labels]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count)
        .slice(0, 12),
    }
  })
}

/** Everything above the table, for the calls that a filter leaves. */
export function summariseCalls(
  calls: readonly PreparedCall[],
  filter: CallFilter,
  range: { from: number; to: number },
): SummaryAnswer {
  const left = calls.filter(createMatcher(filter))
  const facets = Object.fromEntries(
    facetNames.map((facet) => {
      const others = filter[facet]?.length ? calls.filter(createMatcher(filter, facet)) : left
      const counts = countBy(others, (call) => facetValue(call, facet))
      return [facet, counts.slice(0, mostFacetValues)]
    }),
  ) as Record<FacetName, FacetValue[]>
  return {
    kpis: readKpis(left),
    windowCalls: calls.length,
    buckets: readBuckets(left, range.from, range.to),
    reasons: countBy(left, ({ reason }) => reason).slice(0, mostFacetValues),
    metrics: readMetrics(left),
    facets,
  }
}
