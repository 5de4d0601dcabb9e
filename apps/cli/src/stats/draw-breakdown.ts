import {
  formatNumber,
  formatPercent,
  formatPoints,
  formatSeconds,
  formatShare,
  type Breakdown,
  type BreakdownRow,
  type RateChange,
} from '@cekura-kit/call-format'
import { formatTable, type Column, type Screen } from '../terminal/format-table.ts'

const right = { align: 'right' } as const

type Result = Pick<RateChange, 'result' | 'p'>

const isSignificant = ({ result }: Result): boolean => result === 'higher' || result === 'lower'
const formatP = (p: number): string => `(p ${p < 0.001 ? '< 0.001' : p.toFixed(3)})`

/** `yes (p 0.012)`, `no (p 0.764)` or `too few calls`. */
export const describeSignificance = (change: Result): string =>
  change.p === null
    ? 'too few calls'
    : `${isSignificant(change) ? 'yes' : 'no'} ${formatP(change.p)}`

/** A rate or score and the number of calls that it is of. */
export const withSample = (
  value: number | null,
  count: number,
  format: (value: number | null) => string = formatPercent,
): string => `${format(value)} (n ${formatNumber(count)})`

const nameOf = ({ value, isOther }: BreakdownRow): string => (isOther ? 'Other' : value || '(none)')

function breakdownColumns(by: string, total: number, isCompared: boolean): Column<BreakdownRow>[] {
  const compared: Column<BreakdownRow>[] = [
    { ...right, title: 'CHANGE', text: ({ change }) => formatPoints(change.difference) },
    { title: 'SIGNIFICANT', text: ({ change }) => describeSignificance(change) },
    { ...right, title: 'CONTRIBUTION', text: (row) => formatPoints(row.contribution) },
    { ...right, title: 'CALLS BEFORE', text: (row) => formatNumber(row.callsBefore) },
  ]
  return [
    { title: by.toUpperCase(), minWidth: 12, text: nameOf },
    { ...right, title: 'CALLS', text: ({ calls }) => formatNumber(calls) },
    {
      ...right,
      title: 'SUCCESS RATE',
      text: ({ change, evaluated }) => withSample(change.now, evaluated),
    },
    ...(isCompared ? compared : []),
    { ...right, title: 'SHARE', text: ({ calls }) => formatShare(calls, total) },
    { ...right, title: 'DURATION P50', text: (row) => formatSeconds(row.medianSeconds) },
  ]
}

/** What moved the success rate, in one sentence. */
function headline({ overall, rows }: Breakdown): string {
  const rate = `Success rate ${formatPercent(overall.now)}`
  if (overall.difference === null) return `${rate}; nothing to compare with.`
  const parts = rows
    .filter(({ change }) => isSignificant(change))
    .slice(0, 3)
    .map((row) => `${nameOf(row)} ${formatPoints(row.contribution)}`)
  const result = isSignificant(overall) ? 'significant' : 'not significant'
  const test = overall.p === null ? 'too few calls' : `${result} ${formatP(overall.p)}`
  return `${rate}, ${formatPoints(overall.difference)}, ${test}.${parts.length > 0 ? ` Moved by ${parts.join(', ')}.` : ''}`
}

/** Calls by the values of a dimension as a table. */
export function drawBreakdown(
  breakdown: Breakdown,
  { by, isCompared }: { by: string; isCompared: boolean },
  screen: Screen,
): string {
  if (breakdown.rows.length === 0) return 'No calls.\n'
  // With a comparison, the rows are in the order of their contribution.
  const rows = breakdown.rows.toSorted((a, b) => {
    if (isCompared) return 0
    if (by === 'hour') return a.value < b.value ? -1 : 1
    return Number(a.isOther) - Number(b.isOther) || b.calls - a.calls
  })
  const total = rows.reduce((sum, { calls }) => sum + calls, 0)
  const table = formatTable(breakdownColumns(by, total, isCompared), rows, screen)
  return `${isCompared ? `${headline(breakdown)}\n\n` : ''}${table}\n`
}
