import type { CallSummary } from './call-summary.ts'
import { compareMeans, meanOf, type MeanChange } from './compare-means.ts'
import { compareRates, type Rate, type RateChange } from './compare-rates.ts'

/** A period's statistics and its calls. */
export interface Period {
  summary: CallSummary
  calls: readonly Readonly<Record<string, unknown>>[]
}

/** What changed between two periods. */
export interface PeriodChange {
  calls: { now: number; before: number }
  /** With the evaluated calls of each period. */
  success_rate: RateChange & { evaluated: number; evaluated_before: number }
  median_seconds: { now: number | null; before: number | null }
  /** Means of the metrics that have scores, with their number; of a binary one its pass rate. */
  metrics: ((MeanChange | RateChange) & {
    id: number
    name: string
    binary: boolean
    count: number
    count_before: number
  })[]
}

const rateOf = ({ succeeded, failed }: CallSummary) => ({
  successes: succeeded,
  evaluated: succeeded + failed,
})

/** The scores of a metric. */
const scoresOf = ({ calls }: Period, id: number): number[] =>
  calls.flatMap(({ metrics }) =>
    (Array.isArray(metrics) ? (metrics as { id?: unknown; score?: unknown }[]) : []).flatMap(
      (metric) => (metric?.id === id && typeof metric.score === 'number' ? [metric.score] : []),
    ),
  )

const passRate = (scores: readonly number[]): Rate => ({
  successes: scores.filter((score) => score > 0).length,
  evaluated: scores.length,
})

/** Compares two periods: each difference is tested alone. */
export function comparePeriods(now: Period, before: Period): PeriodChange {
  const [rate, rateBefore] = [rateOf(now.summary), rateOf(before.summary)]
  return {
    calls: { now: now.summary.calls, before: before.summary.calls },
    success_rate: {
      ...compareRates(rate, rateBefore),
      evaluated: rate.evaluated,
      evaluated_before: rateBefore.evaluated,
    },
    median_seconds: {
      now: now.summary.duration_seconds.p50,
      before: before.summary.duration_seconds.p50,
    },
    metrics: now.summary.metrics
      .filter(({ kind }) => kind === 'number')
      .map(({ id, name, binary }) => {
        const [scores, earlier] = [scoresOf(now, id), scoresOf(before, id)]
        const change = binary
          ? compareRates(passRate(scores), passRate(earlier))
          : compareMeans(meanOf(scores), meanOf(earlier))
        return { id, name, binary, ...change, count: scores.length, count_before: earlier.length }
      }),
  }
}
