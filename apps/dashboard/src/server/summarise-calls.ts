import { facetNames, type Bucket, type FacetName } from '../shared/dashboard-api.ts'
import type { Facet, FacetValue, Kpis, MetricSummary } from '../shared/dashboard-api.ts'
import type { SummaryAnswer } from '../shared/dashboard-api.ts'
import { createMatcher, facetValue, type CallFilter } from './filter-calls.ts'
import type { LoadedWindow } from './load-window.ts'
import { planBinStep, planBucketMs, quantile } from './plan-bins.ts'
import type { PreparedCall } from './prepare-call.ts'

const mostFacetValues = 50
const mostLabels = 20
const mostMetrics = 24
const mostNameCharacters = 200

function rank(counts: ReadonlyMap<string, number>, most: number): Facet {
  const values: FacetValue[] = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return {
    values: values.slice(0, most),
    distinct: values.length,
    rest: values.slice(most).reduce((sum, { count }) => sum + count, 0),
  }
}

function countFacet(calls: readonly PreparedCall[], facet: FacetName): Facet {
  const counts = new Map<string, number>()
  for (const call of calls) {
    const key = facetValue(call, facet)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return rank(counts, mostFacetValues)
}

function readKpis(calls: readonly PreparedCall[]): Kpis {
  const seconds: number[] = []
  let successes = 0
  let failures = 0
  let reviewed = 0
  for (const { call, reviewed: isReviewed, seconds: length } of calls) {
    if (call.success === true) successes++
    else if (call.success === false) failures++
    if (isReviewed) reviewed++
    if (length !== null) seconds.push(length)
  }
  const sorted = Float64Array.from(seconds).sort()
  return {
    calls: calls.length,
    successes,
    failures,
    unjudged: calls.length - successes - failures,
    reviewed,
    medianSeconds: quantile(sorted, 0.5),
    p90Seconds: quantile(sorted, 0.9),
  }
}

/** Calls by outcome over time; the first and last bucket end where the range does. */
function readBuckets(
  calls: readonly PreparedCall[],
  { from, to, offset = 0 }: SummaryRange,
): Bucket[] {
  const size = planBucketMs(to - from)
  const shift = offset * 60_000
  const first = Math.floor((from + shift) / size) * size - shift
  const length = Math.max(1, Math.ceil((to - first) / size))
  const buckets = Array.from({ length }, (_, index) => ({
    start: new Date(Math.max(from, first + index * size)).toISOString(),
    end: new Date(Math.min(to, first + (index + 1) * size)).toISOString(),
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

/** Steps of 0.1 add up to a little more or less than what they mean. */
const round = (value: number): number => Number(value.toPrecision(12))

function readBins(scores: Float64Array): MetricSummary['bins'] {
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

interface MetricTally {
  name: string
  scores: number[]
  labels: Map<string, number>
}

function tallyMetrics(calls: readonly PreparedCall[], only?: number): Map<number, MetricTally> {
  const tallies = new Map<number, MetricTally>()
  for (const { call } of calls)
    for (const { id, name, score, enum: label } of call.metrics ?? []) {
      if (only !== undefined && id !== only) continue
      let tally = tallies.get(id)
      if (!tally) tallies.set(id, (tally = { name, scores: [], labels: new Map() }))
      if (typeof score === 'number' && Number.isFinite(score)) tally.scores.push(score)
      else if (typeof label === 'string')
        tally.labels.set(label, (tally.labels.get(label) ?? 0) + 1)
    }
  return tallies
}

/** How many decimals scores have, judged by the first of them. */
const countDecimals = (scores: readonly number[]): number =>
  scores
    .slice(0, 500)
    .reduce((most, score) => Math.max(most, String(score).split('.')[1]?.length ?? 0), 0)

function summariseMetric(id: number, { name, scores, labels }: MetricTally): MetricSummary {
  const sorted = Float64Array.from(scores).sort()
  const isNumber = sorted.length > 0
  const ranked = rank(labels, mostLabels)
  return {
    id,
    name: String(name ?? id).slice(0, mostNameCharacters),
    kind: isNumber ? 'number' : 'label',
    count: isNumber ? sorted.length : [...labels.values()].reduce((sum, count) => sum + count, 0),
    median: quantile(sorted, 0.5),
    decimals: Math.min(3, countDecimals(scores)),
    bins: isNumber ? readBins(sorted) : [],
    labels: ranked.values.map(({ value, count }) => ({
      value: value.slice(0, mostNameCharacters),
      count,
    })),
  }
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
export function summariseCalls(
  { calls, coveredFrom }: Pick<LoadedWindow, 'calls' | 'coveredFrom'>,
  left: readonly PreparedCall[],
  filter: CallFilter,
  range: SummaryRange,
): SummaryAnswer {
  const facets = Object.fromEntries(
    facetNames.map((facet) => {
      const others = filter[facet]?.length ? calls.filter(createMatcher(filter, facet)) : left
      return [facet, countFacet(others, facet)]
    }),
  ) as Record<FacetName, Facet>
  const tallies = tallyMetrics(left)
  for (const { id } of filter.metrics ?? []) {
    const own = tallyMetrics(calls.filter(createMatcher(filter, id)), id).get(id)
    if (own) tallies.set(id, own)
  }
  return {
    kpis: readKpis(left),
    windowCalls: calls.length,
    isWhole: coveredFrom === undefined,
    buckets: readBuckets(left, range),
    metrics: [...tallies]
      .sort(([a], [b]) => a - b)
      .slice(0, mostMetrics)
      .map(([id, tally]) => summariseMetric(id, tally)),
    facets,
  }
}
