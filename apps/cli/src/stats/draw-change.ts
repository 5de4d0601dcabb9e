import { formatColumns, type Column } from '../terminal/format-columns.ts'
import {
  formatNumber,
  formatPercent,
  formatPoints,
  formatScore,
  withSign,
} from '../terminal/format-number.ts'
import { formatSeconds } from '../terminal/progress.ts'
import type { PeriodChange, RateResult } from '@cekura-kit/call-format'
import type { Screen } from './draw-bars.ts'

const results: Record<RateResult, string> = {
  higher: 'significant',
  lower: 'significant',
  not_significant: 'not significant',
  too_few_calls: 'too few calls',
}

export const formatP = (p: number): string => `p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}`

/** A result with its p value. */
export const describeResult = ({ result, p }: { result: RateResult; p: number | null }): string =>
  p === null ? results[result] : `${results[result]} (${formatP(p)})`

const columns: readonly Column[] = [
  { title: '' },
  { title: 'NOW', align: 'right' },
  { title: 'BEFORE', align: 'right' },
  { title: 'CHANGE', align: 'right' },
  { title: 'SIGNIFICANCE' },
]

const sample = (text: string, count: number): string => `${text} (n ${formatNumber(count)})`

/** The change between two periods as a table. */
export function drawChange(change: PeriodChange, screen: Screen): string {
  const { calls, success_rate: rate, median_seconds: seconds, metrics } = change
  const growth = calls.before === 0 ? null : calls.now / calls.before - 1
  const longer =
    seconds.now === null || seconds.before === null ? null : seconds.now - seconds.before
  const rows = [
    [
      'Calls',
      formatNumber(calls.now),
      formatNumber(calls.before),
      withSign(growth, formatPercent),
      '',
    ],
    [
      'Success rate',
      sample(formatPercent(rate.now), rate.evaluated),
      sample(formatPercent(rate.before), rate.evaluated_before),
      formatPoints(rate.difference),
      describeResult(rate),
    ],
    [
      'Duration p50',
      formatSeconds(seconds.now),
      formatSeconds(seconds.before),
      withSign(longer, formatSeconds),
      '',
    ],
    ...metrics.map((metric) => [
      metric.name,
      sample(formatScore(metric.now), metric.count),
      sample(formatScore(metric.before), metric.count_before),
      withSign(metric.difference, (value) => String(Number(value.toPrecision(2)))),
      describeResult(metric),
    ]),
  ]
  return formatColumns(columns, rows, screen).text
}
