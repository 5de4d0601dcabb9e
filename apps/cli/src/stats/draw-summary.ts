import {
  toWallTime,
  type CallSummary,
  type MetricSpread,
  type PeriodChange,
} from '@cekura-kit/call-format'
import { formatNumber, formatScore, formatShare } from '../terminal/format-number.ts'
import { formatTable, type Column, type Screen, type Table } from '../terminal/format-table.ts'
import { formatSeconds } from '../terminal/progress.ts'
import { drawChange } from './draw-change.ts'

type ZonedScreen = Screen & { zone: string }

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
): Table {
  const most = Math.max(...rows.map(({ calls }) => calls))
  const columns: Column<CountRow>[] = [
    { title: name, minWidth: 12, text: (row) => row.name || '(none)' },
    { ...right, title: 'CALLS', text: ({ calls }) => formatNumber(calls) },
    { ...right, title: rate, text: (row) => row.share },
    {
      title: '',
      text: ({ calls }) => drawBar(calls, most),
      paint: (padded, _cell, style) => style('cyan', padded),
    },
  ]
  return formatTable(columns, rows, screen)
}

function drawVolume({ volume }: CallSummary, unit: string, screen: ZonedScreen): Table {
  const isDays = !/hour|minute/.test(unit)
  const rows = volume.map(({ from, calls, succeeded, failed, partial }) => {
    const wall = new Date(toWallTime(Date.parse(from), screen.zone)).toISOString()
    const name = isDays ? wall.slice(0, 10) : `${wall.slice(0, 10)} ${wall.slice(11, 16)}`
    return {
      name: partial ? `${name} *` : name,
      calls,
      share: formatShare(succeeded, succeeded + failed),
    }
  })
  const title = `${unit.toUpperCase()} (${screen.zone})`
  const { text, hidden } = drawCounts([title, 'SUCCESS RATE'], rows, screen)
  const isCut = volume.some(({ partial }) => partial)
  return { text: isCut ? `${text}\n${screen.style('dim', `* partial ${unit}`)}` : text, hidden }
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
    paint: (padded, _cell, style) => style('cyan', padded),
  },
  { ...right, title: 'MAX', text: ({ max }) => formatScore(max) },
]

function drawMetrics({ metrics }: CallSummary, screen: Screen): Table[] {
  const numbers = metrics.filter(({ kind }) => kind === 'number')
  const labels = metrics.filter(({ kind }) => kind === 'label')
  return [
    ...(numbers.length > 0 ? [formatTable(metricColumns, numbers, screen)] : []),
    ...labels.map((metric) => {
      const rows = metric.labels.slice(0, maxLabels).map(({ value, count }) => ({
        name: value,
        calls: count,
        share: formatShare(count, metric.count),
      }))
      return drawCounts([metric.name.toUpperCase(), 'SHARE'], rows, screen)
    }),
  ]
}

const factWidth = 14

/** A number with its name; its details are below it where there is no room. */
function drawFact([name, ...parts]: readonly string[], { width, style }: Screen): string {
  const isOne = factWidth + parts.join('; ').length <= width
  return (
    style('bold', name!.padEnd(factWidth)) + parts.join(isOne ? '; ' : `\n${' '.repeat(factWidth)}`)
  )
}

function drawFacts(summary: CallSummary, screen: Screen): string {
  const { calls, succeeded, failed, not_evaluated: missing, reviewed } = summary
  const { p50, p90, known } = summary.duration_seconds
  const evaluated = succeeded + failed
  const facts = [
    ['Calls', formatNumber(calls)],
    [
      'Success rate',
      `${formatShare(succeeded, evaluated)} of ${formatNumber(evaluated)} evaluated`,
      `${formatNumber(missing)} not evaluated`,
    ],
    ['Reviewed', `${formatShare(reviewed, calls)}, ${formatNumber(reviewed)} calls`],
    [
      'Duration',
      `p50 ${formatSeconds(p50)}, p90 ${formatSeconds(p90)}`,
      ...(known < calls ? [`known of ${formatNumber(known)}`] : []),
    ],
  ]
  return facts
    .slice(0, calls === 0 ? 1 : undefined)
    .map((fact) => drawFact(fact, screen))
    .join('\n')
}

/** Statistics of calls for a person at a terminal. */
export function drawSummary(
  { summary, unit }: { summary: CallSummary; unit: string },
  change: PeriodChange | undefined,
  screen: ZonedScreen,
): Table {
  const reasons = summary.ended_reasons.map(({ value, count }) => ({
    name: value,
    calls: count,
    share: formatShare(count, summary.calls),
  }))
  const others = reasons.length - maxReasons
  const tables = [
    ...(change ? [drawChange(change, screen)] : []),
    ...(summary.calls === 0
      ? []
      : [
          drawVolume(summary, unit, screen),
          drawCounts(['ENDED REASON', 'SHARE'], reasons.slice(0, maxReasons), screen),
          ...(others > 0 ? [{ text: `and ${formatNumber(others)} more`, hidden: [] }] : []),
          ...drawMetrics(summary, screen),
        ]),
  ]
  return {
    text: `${[drawFacts(summary, screen), ...tables.map(({ text }) => text)].join('\n\n')}\n`,
    hidden: [...new Set(tables.flatMap(({ hidden }) => hidden))],
  }
}
