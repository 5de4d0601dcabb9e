import {
  comparePeriods,
  createCallCounter,
  formatNumber,
  formatPercent,
  formatPoints,
  formatSeconds,
  formatShare,
  withSign,
  type CallSummary,
  type MetricSpread,
  type Period,
} from '@cekura-kit/call-format'
import { formatLocalTime } from '../config/time.ts'
import { formatTable, type Column, type Screen } from '../terminal/format-table.ts'
import { describeSignificance, withSample } from './draw-breakdown.ts'

/** A score with at most four digits. */
const formatScore = (score: number | null): string =>
  score === null ? '–' : String(Number(score.toPrecision(4)))

const maxReasons = 10
const maxLabels = 6
const barWidth = 20
const levels = '▁▂▃▄▅▆▇█'
const right = { align: 'right' } as const

/** A bar of whole characters, at least one for a value above 0. */
export const drawBar = (value: number, most: number): string =>
  '█'.repeat(value > 0 ? Math.max(1, Math.round((value / most) * barWidth)) : 0)

/** Values as a row of columns, a character each; a space for 0. */
export function drawSpark(values: readonly number[]): string {
  const most = Math.max(...values)
  return values
    .map((value) => (value === 0 ? ' ' : levels[Math.ceil((value / most) * levels.length) - 1]!))
    .join('')
}

interface Fact {
  name: string
  value: string
  before?: string
  change?: string
  significant?: string
}

const factColumns: readonly Column<Fact>[] = [
  { title: 'STATISTIC', text: ({ name }) => name },
  { ...right, title: 'VALUE', text: ({ value }) => value },
]
const comparedColumns: readonly Column<Fact>[] = [
  ...factColumns,
  { ...right, title: 'BEFORE', text: ({ before = '' }) => before },
  { ...right, title: 'CHANGE', text: ({ change = '' }) => change },
  { title: 'SIGNIFICANT', text: ({ significant = '' }) => significant },
]

/** Numbers of all calls, and of those of the period before. */
function drawFacts(now: Period, past: Period | undefined, screen: Screen): string {
  const change = comparePeriods(now, past ?? { summary: createCallCounter().end(), calls: [] })
  const { calls, success_rate: rate, median_seconds: median } = change
  const medianChange =
    median.now === null || median.before === null ? null : median.now - median.before
  const { summary } = now
  const facts: Fact[] = [
    {
      name: 'Calls',
      value: formatNumber(calls.now),
      before: formatNumber(calls.before),
      change: withSign(calls.before === 0 ? null : calls.now / calls.before - 1, formatPercent),
    },
    {
      name: 'Success rate',
      value: withSample(rate.now, rate.evaluated),
      before: withSample(rate.before, rate.evaluated_before),
      change: formatPoints(rate.difference),
      significant: describeSignificance(rate),
    },
    {
      name: 'Duration p50',
      value: formatSeconds(median.now),
      before: formatSeconds(median.before),
      change: withSign(medianChange, formatSeconds),
    },
    { name: 'Duration p90', value: formatSeconds(summary.duration_seconds.p90) },
    { name: 'Not evaluated', value: formatNumber(summary.not_evaluated) },
    { name: 'Reviewed', value: formatNumber(summary.reviewed) },
    ...(past ? change.metrics : []).map((metric) => ({
      name: metric.name,
      value: withSample(metric.now, metric.count, metric.binary ? formatPercent : formatScore),
      before: withSample(
        metric.before,
        metric.count_before,
        metric.binary ? formatPercent : formatScore,
      ),
      change: metric.binary
        ? formatPoints(metric.difference)
        : withSign(metric.difference, (value) => String(Number(value.toPrecision(2)))),
      significant: describeSignificance(metric),
    })),
  ]
  return formatTable(past ? comparedColumns : factColumns, facts, screen)
}

interface CountRow {
  name: string
  calls: number
  share: string
}

/** Counts by name, with a bar where there is room. */
function drawCounts(
  [name, rate]: readonly [name: string, rate: string],
  rows: readonly CountRow[],
  screen: Screen,
): string {
  const most = Math.max(...rows.map(({ calls }) => calls))
  const columns: Column<CountRow>[] = [
    { title: name, minWidth: 12, text: (row) => row.name || '(none)' },
    { ...right, title: 'CALLS', text: ({ calls }) => formatNumber(calls) },
    { ...right, title: rate, text: (row) => row.share },
    { title: '', text: ({ calls }) => drawBar(calls, most), color: () => 'cyan' },
  ]
  return formatTable(columns, rows, screen)
}

function drawVolume(
  { volume }: CallSummary,
  unit: string,
  screen: Screen & { zone: string },
): string {
  const isDays = !/hour|minute/.test(unit)
  const rows = volume.map(({ from, calls, succeeded, failed, partial }) => {
    const start = formatLocalTime(Date.parse(from), screen.zone)
    const name = isDays ? start.slice(0, 10) : start
    return {
      name: partial ? `${name} *` : name,
      calls,
      share: formatShare(succeeded, succeeded + failed),
    }
  })
  const title = `${unit.toUpperCase()} (${screen.zone})`
  const table = drawCounts([title, 'SUCCESS RATE'], rows, screen)
  const isCut = volume.some(({ partial }) => partial)
  return isCut ? `${table}\n${screen.style('dim', `* partial ${unit}`)}` : table
}

/** Counts of the most frequent values, and how many others there are. */
function drawRanked(
  title: string,
  { values, of, max }: { values: CallSummary['ended_reasons']; of: number; max: number },
  screen: Screen,
): string {
  const rows = values.slice(0, max).map(({ value, count }) => ({
    name: value,
    calls: count,
    share: formatShare(count, of),
  }))
  const table = drawCounts([title, 'SHARE'], rows, screen)
  const others = values.length - rows.length
  return others > 0 ? `${table}\nand ${formatNumber(others)} more` : table
}

const metricColumns: readonly Column<MetricSpread>[] = [
  { title: 'METRIC', minWidth: 8, text: ({ name }) => name },
  { ...right, title: 'CALLS', text: ({ count }) => formatNumber(count) },
  { ...right, title: 'MEAN', text: ({ mean }) => formatScore(mean) },
  { ...right, title: 'P10', text: ({ p10 }) => formatScore(p10) },
  { ...right, title: 'P50', text: ({ median }) => formatScore(median) },
  { ...right, title: 'P90', text: ({ p90 }) => formatScore(p90) },
  { ...right, title: 'MIN', text: ({ min }) => formatScore(min) },
  {
    title: 'DISTRIBUTION',
    text: ({ bins }) => drawSpark(bins.map(({ count }) => count)),
    color: () => 'cyan',
  },
  { ...right, title: 'MAX', text: ({ max }) => formatScore(max) },
]

/** Statistics of calls for a person at a terminal, compared with an earlier period. */
export function drawSummary(
  now: Period & { unit: string },
  past: Period | undefined,
  screen: Screen & { zone: string },
): string {
  const { summary, unit } = now
  const { calls, ended_reasons: reasons, metrics } = summary
  const numbers = metrics.filter(({ kind, binary }) => kind === 'number' && !binary)
  const labels = metrics.filter(({ kind, binary }) => kind === 'label' || binary)
  const tables = [drawFacts(now, past, screen)]
  if (calls > 0) {
    const ranked = { values: reasons, of: calls, max: maxReasons }
    tables.push(drawVolume(summary, unit, screen), drawRanked('ENDED REASON', ranked, screen))
  }
  if (numbers.length > 0) tables.push(formatTable(metricColumns, numbers, screen))
  for (const { name, labels: values, count } of labels)
    tables.push(drawRanked(name.toUpperCase(), { values, of: count, max: maxLabels }, screen))
  return `${tables.join('\n\n')}\n`
}
