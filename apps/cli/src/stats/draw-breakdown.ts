import type { Breakdown, BreakdownRow, RateChange } from '@cekura-kit/call-format'
import { formatColumns, type Column } from '../terminal/format-columns.ts'
import { formatNumber, formatPercent, formatPoints } from '../terminal/format-number.ts'
import { formatSeconds } from '../terminal/progress.ts'
import { describeResult, formatP } from './draw-change.ts'
import type { Screen } from './draw-bars.ts'

interface BreakdownColumn extends Column {
  text(row: BreakdownRow): string
}

const isSignificant = ({ result }: RateChange): boolean => result === 'higher' || result === 'lower'

/** `yes (p 0.012)`, `no (p 0.764)` or `too few calls`. */
const isSignificantText = (change: RateChange): string =>
  change.p === null
    ? describeResult(change)
    : `${isSignificant(change) ? 'yes' : 'no'} (${formatP(change.p)})`

function columnsOf(by: string, total: number, isCompared: boolean): BreakdownColumn[] {
  const right = { align: 'right' } as const
  const columns: BreakdownColumn[] = [
    {
      title: by.toUpperCase(),
      minWidth: 12,
      text: ({ value, isOther }) => (isOther ? 'Other' : value || '(none)'),
    },
    { ...right, title: 'CALLS', text: ({ calls }) => formatNumber(calls) },
    {
      ...right,
      title: 'SUCCESS RATE',
      text: ({ change, evaluated }) =>
        `${formatPercent(change.now)} (n ${formatNumber(evaluated)})`,
    },
    { ...right, title: 'SHARE', text: ({ calls }) => formatPercent(total ? calls / total : null) },
    {
      ...right,
      title: 'DURATION P50',
      text: ({ medianSeconds }) => formatSeconds(medianSeconds),
    },
  ]
  if (!isCompared) return columns
  return [
    ...columns.slice(0, 3),
    { ...right, title: 'CHANGE', text: ({ change }) => formatPoints(change.difference) },
    { title: 'SIGNIFICANT', text: ({ change }) => isSignificantText(change) },
    {
      ...right,
      title: 'CONTRIBUTION',
      text: ({ contribution }) => formatPoints(contribution),
    },
    { ...right, title: 'CALLS BEFORE', text: ({ callsBefore }) => formatNumber(callsBefore) },
    ...columns.slice(3),
  ]
}

/** What moved the success rate, in one sentence. */
function headline({ overall, rows }: Breakdown): string {
  const rate = `Success rate ${formatPercent(overall.now)}`
  if (overall.difference === null) return `${rate}; nothing to compare with.`
  const moved = rows.filter(({ change }) => isSignificant(change)).slice(0, 3)
  const parts = moved.map(
    ({ value, isOther, contribution }) =>
      `${isOther ? 'other' : value || '(none)'} ${formatPoints(contribution)}`,
  )
  const change = `${formatPoints(overall.difference)}, ${describeResult(overall)}`
  return `${rate}, ${change}.${parts.length > 0 ? ` Moved by ${parts.join(', ')}.` : ''}`
}

/** Calls by the values of a dimension as a table. */
export function drawBreakdown(
  breakdown: Breakdown,
  { by, isCompared }: { by: string; isCompared: boolean },
  screen: Screen,
): { text: string; hidden: readonly string[] } {
  const rows = isCompared
    ? breakdown.rows
    : by === 'hour'
      ? breakdown.rows.toSorted((a, b) => (a.value < b.value ? -1 : 1))
      : breakdown.rows.toSorted(
          (a, b) => Number(a.isOther) - Number(b.isOther) || b.calls - a.calls,
        )
  const total = rows.reduce((sum, { calls }) => sum + calls, 0)
  if (rows.length === 0) return { text: 'No calls.\n', hidden: [] }
  const columns = columnsOf(by, total, isCompared)
  const cells = rows.map((row) => columns.map(({ text }) => text(row)))
  const { text, hidden } = formatColumns(columns, cells, screen)
  return { text: `${isCompared ? `${headline(breakdown)}\n\n` : ''}${text}\n`, hidden }
}
