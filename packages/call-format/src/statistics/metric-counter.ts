import { binScores, type ScoreBin } from './bin-scores.ts'
import { quantile } from './quantile.ts'
import { countOne, rankCounts, type ValueCount } from './rank-counts.ts'

/** The distribution of one metric's results. */
export interface MetricSpread {
  id: number
  name: string
  /** `label` when no call has a score. */
  kind: 'number' | 'label'
  /** Whether each score says passed or failed; then `labels` count them. */
  binary: boolean
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
  isBinary: boolean
  scores: number[]
  labels: Map<string, number>
}

/** Whether a score says passed (above 0) or failed: the API scores a passed binary metric with 5. */
export const isBinaryScore = (type: unknown, score: number): boolean =>
  score === 0 || score === 1 || (score === 5 && String(type).startsWith('binary'))

function toSpread([id, entry]: [number, Entry]): MetricSpread {
  const { name, labels } = entry
  // A typed array sorts several times faster.
  const scores = Float64Array.from(entry.scores).sort()
  const isNumber = scores.length > 0
  const binary = isNumber && entry.isBinary
  if (binary) for (const score of scores) countOne(labels, score > 0 ? 'passed' : 'failed')
  const ranked = rankCounts(labels)
  return {
    id,
    name,
    kind: isNumber ? 'number' : 'label',
    binary,
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
        const { id, name, type, score, enum: label } = metric as Record<string, unknown>
        if (typeof id !== 'number') continue
        let entry = metrics.get(id)
        if (!entry) {
          const text = typeof name === 'string' ? name.slice(0, 200) : String(id)
          metrics.set(id, (entry = { name: text, isBinary: true, scores: [], labels: new Map() }))
        }
        if (typeof score === 'number' && Number.isFinite(score)) {
          entry.scores.push(score)
          entry.isBinary &&= isBinaryScore(type, score)
        } else if (typeof label === 'string') countOne(entry.labels, label)
      }
    },
    end: () => [...metrics].map(toSpread),
  }
}
