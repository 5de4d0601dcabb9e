import {
  breakDown,
  compareMeans,
  compareRates,
  countOne,
  createCallCounter,
  createMetricCounter,
  dimensionReader,
  isBinaryScore,
  meanOf,
  metricOverTime,
  planBuckets,
  rankCounts,
  type Dimension,
  type MetricSpread,
} from '@cekura-kit/call-format'
import { countDecimals } from '../shared/count-decimals.ts'
import type { FacetCounts, MetricSummary, MetricTrend, Summary } from '../shared/dashboard-api.ts'
import { facetOf, panelFacets, type FacetName } from '../shared/facets.ts'
import { createMatcher } from './filter-calls.ts'
import type { PreparedCall } from './prepare-call.ts'
import type { Snapshot } from './load-range.ts'
import { remember, type Periods, type Selection } from './select-calls.ts'

const maxFacetValues = 50
const maxLabels = 20
/** Buckets of the chart of calls; days of a quarter. */
const maxBuckets = 93
const maxTrendBuckets = 31

const raw = ({ call }: PreparedCall) => call as unknown as Readonly<Record<string, unknown>>

function countFacet({ snapshot, filter, calls }: Selection, name: FacetName): FacetCounts {
  const rest = { ...filter, [name]: undefined }
  const others = filter[name] ? snapshot.calls.filter(createMatcher(rest)) : calls
  const counts = new Map<string, number>()
  for (const call of others) countOne(counts, facetOf(name).read(call, filter.zone))
  const ranked = rankCounts(counts)
  return { values: ranked.slice(0, maxFacetValues), distinct: ranked.length }
}

interface MetricFormat {
  name: string
  decimals: number
  isBinary: boolean
}

/** The metrics of a complete range and how their scores are written, so that no filter changes it. */
export const metricFormats = (snapshot: Snapshot): ReadonlyMap<number, MetricFormat> =>
  remember(snapshot, 'formats', () => {
    const formats = new Map<number, MetricFormat>()
    for (const { metrics } of snapshot.calls)
      for (const { id, name, type, score } of metrics) {
        let format = formats.get(id)
        if (!format) formats.set(id, (format = { name: String(name), decimals: 0, isBinary: true }))
        if (typeof score !== 'number') continue
        format.decimals = Math.max(format.decimals, Math.min(3, countDecimals(score)))
        format.isBinary &&= isBinaryScore(type, score)
      }
    return formats
  })

function countMetric(calls: readonly PreparedCall[], id: number): MetricSpread | undefined {
  const counter = createMetricCounter()
  for (const { metrics } of calls) {
    const metric = metrics.find((one) => one.id === id)
    if (metric) counter.add([metric])
  }
  return counter.end()[0]
}

/** All metrics of the filtered calls; a filtered one counts as if it had no condition. */
function listMetrics(
  { snapshot, filter }: Selection,
  spreads: readonly MetricSpread[],
): MetricSummary[] {
  const metrics = new Map(spreads.map((spread) => [spread.id, spread]))
  for (const { id } of filter.metric ?? []) {
    const rest = { ...filter, metric: filter.metric?.filter((other) => other.id !== id) }
    const spread = countMetric(snapshot.calls.filter(createMatcher(rest)), id)
    const median = metrics.get(id)?.median ?? null
    if (spread) metrics.set(id, { ...spread, median, count: metrics.get(id)?.count ?? 0 })
  }
  return [...metrics.values()]
    .toSorted((a, b) => a.id - b.id)
    .map((spread) => {
      const { decimals = 0, isBinary = false } = metricFormats(snapshot).get(spread.id) ?? {}
      return {
        ...spread,
        labels: spread.labels.slice(0, maxLabels),
        decimals,
        isBinary: isBinary && spread.kind === 'number',
      }
    })
}

/** The statistics of the filtered calls, which a comparison needs too. */
const countPeriod = ({ snapshot, range, calls, filter }: Selection) =>
  remember(snapshot, ['period', range, filter], () => {
    const counter = createCallCounter()
    for (const call of calls) counter.count(call)
    const plan = planBuckets(range, { zone: filter.zone, maxBuckets })
    const { ended_reasons: _, metrics, ...stats } = counter.end(plan)
    const [from, to] = [new Date(range.from).toISOString(), new Date(range.to).toISOString()]
    return { metrics, period: { ...stats, from, to } }
  })

/** The values of a facet count without its choice. */
const countFacets = (selection: Selection): Summary['facets'] =>
  remember(selection.snapshot, ['facets', selection.filter], () =>
    Object.fromEntries(panelFacets.map((name) => [name, countFacet(selection, name)])),
  )

/** Everything about the filtered calls but the rows. */
export function summarize({ now, before }: Periods, by: Dimension): Summary {
  const { filter, snapshot, calls } = now
  const { metrics, period } = countPeriod(now)
  return {
    now: period,
    ...(before && { before: countPeriod(before).period }),
    rangeCalls: snapshot.calls.length,
    metrics: listMetrics(now, metrics),
    facets: countFacets(now),
    breakdown: breakDown(
      { now: calls.map(raw), before: before?.calls.map(raw) ?? [] },
      dimensionReader(by, filter.zone),
    ),
  }
}

/** The scores of a metric, also over time; a passed binary metric has the score 1. */
function readScores({ range, filter, calls }: Selection, id: number, isBinary: boolean) {
  const times: number[] = []
  const scores: number[] = []
  for (const { at, metrics } of calls) {
    const score = metrics.find((metric) => metric.id === id)?.score
    if (typeof score !== 'number' || !Number.isFinite(score)) continue
    times.push(at)
    scores.push(isBinary ? Math.min(score, 1) : score)
  }
  const { buckets } = planBuckets(range, { zone: filter.zone, maxBuckets: maxTrendBuckets })
  return { scores, points: metricOverTime(buckets, times, scores) }
}

const toRate = (scores: readonly number[]) => ({
  successes: scores.filter((score) => score === 1).length,
  evaluated: scores.length,
})

/** One metric over time, and its change from the previous period. */
export function trendOf({ now, before }: Periods, id: number): MetricTrend {
  const isBinary = metricFormats(now.snapshot).get(id)?.isBinary ?? false
  const current = readScores(now, id, isBinary)
  if (!before) return { now: current.points }
  const previous = readScores(before, id, isBinary)
  return {
    now: current.points,
    before: previous.points,
    change: isBinary
      ? compareRates(toRate(current.scores), toRate(previous.scores))
      : compareMeans(meanOf(current.scores), meanOf(previous.scores)),
  }
}
