import { binScores, type ScoreBin } from './bin-scores.ts'
import { quantile } from './quantile.ts'
import { countOne, rankCounts, type ValueCount } from './rank-counts.ts'

/** The distribution of one metric's results. */
export interface MetricSpread {
  id: number
  name: string
  /** `label` when no call has a score. */
  kind: 'number' | 'label'
  /** Calls that have a result. */
  count: number
  /** Of scores; null for labels. */
  mean: number | null
  p10: number | null
  median: number | null
  p90: number | null
  min: number | null
  max: number | null
  bins: ScoreBin[]
  labels: ValueCount[]
}

export interface MetricCounter {
  /** Counts the metrics of one call; anything but a list of metrics is ignored. */
  add(metrics: unknown): void
  /** Each metric, in the order of first appearance. */
  end(): MetricSpread[]
}

interface Entry {
  name: string
  scores: number[]
  labels: Map<string, number>
}

function toSpread([id, { name, scores: given, labels }]: [number, Entry]): MetricSpread {
  // A typed array sorts several times faster.
  const scores = Float64Array.from(given).sort()
  const ranked = rankCounts(labels)
  const isNumber = scores.length > 0
  return {
    id,
    name,
    kind: isNumber ? 'number' : 'label',
    count: isNumber ? scores.length : ranked.reduce((sum, { count }) => sum + count, 0),
    mean: isNumber ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null,
    p10: quantile(scores, 0.1),
    median: quantile(scores, 0.5),
    p90: quantile(scores, 0.9),
    min: scores.at(0) ?? null,
    max: scores.at(-1) ?? null,
    bins: binScores(scores),
    labels: ranked,
  }
}

/** Collects scores and labels by metric, without keeping the calls. */
export function createMetricCounter(): MetricCounter {
  const metrics = new Map<number, Entry>()
  return {
    add(list) {
      for (const metric of Array.isArray(list) ? (list as unknown[]) : []) {
        if (typeof metric !== 'object' || metric === null) continue
        const { id, name, score, enum: label } = metric as Record<string, unknown>
        if (typeof id !== 'number') continue
        let entry = metrics.get(id)
        if (!entry) {
          const text = typeof name === 'string' ? name.slice(0, 200) : String(id)
          metrics.set(id, (entry = { name: text, scores: [], labels: new Map() }))
        }
        if (typeof score === 'number' && Number.isFinite(score)) entry.scores.push(score)
        else if (typeof label === 'string') countOne(entry.labels, label)
      }
    },
    end: () => [...metrics].map(toSpread),
  }
}
