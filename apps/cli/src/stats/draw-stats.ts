import {
  toWallTime,
  type CallSummary,
  type MetricSpread,
  type PeriodChange,
} from '@cekura-kit/call-format'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import { formatNumber, formatPercent, formatScore } from '../terminal/format-number.ts'
import { formatSeconds } from '../terminal/progress.ts'
import { shorten } from '../terminal/text-width.ts'
import { drawBars, drawSpark, type Screen } from './draw-bars.ts'
import { drawChange } from './draw-change.ts'

const maxReasons = 10
const maxLabels = 6

const share = (part: number, whole: number): string =>
  formatPercent(whole === 0 ? null : part / whole)

function drawVolume({ volume }: CallSummary, unit: string, screen: Screen): string[] {
  if (volume.length === 0) return []
  const { style, zone } = screen
  const isDays = !/hour|minute/.test(unit)
  const rows = volume.map(({ from, calls, succeeded, failed, partial }) => {
    const wall = new Date(toWallTime(Date.parse(from), zone)).toISOString()
    const name = isDays ? wall.slice(0, 10) : `${wall.slice(0, 10)} ${wall.slice(11, 16)}`
    return {
      name: partial ? `${name} *` : name,
      value: calls,
      note: share(succeeded, succeeded + failed),
    }
  })
  const note = volume.some(({ partial }) => partial) ? `; * partial ${unit}` : ''
  const title = `Calls by ${unit}, success rate (${zone}${note})`
  return ['', style('bold', title), ...drawBars(rows, screen)]
}

function drawMetric(metric: MetricSpread, screen: Screen): string[] {
  const { style, width } = screen
  const calls = `${formatNumber(metric.count)} calls`
  const name = shorten(escapeControlCharacters(metric.name), width - calls.length - 2)
  const title = `${style('bold', name)}  ${style('dim', calls)}`
  if (metric.kind === 'label') {
    const rows = metric.labels.slice(0, maxLabels).map(({ value, count }) => ({
      name: value,
      value: count,
      note: share(count, metric.count),
    }))
    return ['', title, ...drawBars(rows, screen)]
  }
  const { mean, p10, median, p90, bins } = metric
  const spark = drawSpark(bins.map(({ count }) => count))
  const [low, high] = [formatScore(metric.min), formatScore(metric.max)]
  const middle = `mean ${formatScore(mean)}, p50 ${formatScore(median)}`
  const edges = `p10 ${formatScore(p10)}, p90 ${formatScore(p90)}`
  const ends = `  ${low} ${style('cyan', spark)} ${high}`
  const isOne = `  ${low} ${spark} ${high}  ${middle}, ${edges}`.length <= width
  return [
    '',
    title,
    ...(isOne ? [`${ends}  ${middle}, ${edges}`] : [ends, `  ${middle}`, `  ${edges}`]),
  ]
}

const factWidth = 12

/** A number with its name; its details are below it where there is no room. */
function drawFact(name: string, parts: readonly string[], { width, style }: Screen): string {
  const title = style('bold', name.padEnd(factWidth))
  const isOne = factWidth + 2 + parts.join('; ').length <= width
  return `${title}  ${parts.join(isOne ? '; ' : `\n${' '.repeat(factWidth + 2)}`)}`
}

function drawFacts(summary: CallSummary, screen: Screen): string[] {
  const { calls, succeeded, failed, not_evaluated: missing, reviewed } = summary
  const { p50, p90, known } = summary.duration_seconds
  const evaluated = succeeded + failed
  const duration = `p50 ${formatSeconds(p50)}, p90 ${formatSeconds(p90)}`
  const rate = `${share(succeeded, evaluated)} of ${formatNumber(evaluated)} evaluated`
  const facts: [string, string[]][] = [
    ['Calls', [formatNumber(calls)]],
    ['Success rate', [rate, `${formatNumber(missing)} not evaluated`]],
    ['Reviewed', [`${share(reviewed, calls)}, ${formatNumber(reviewed)} calls`]],
    ['Duration', known < calls ? [duration, `known of ${formatNumber(known)}`] : [duration]],
  ]
  return facts.map(([name, parts]) => drawFact(name, parts, screen))
}

/** Statistics of calls for a person at a terminal. */
export function drawStats(
  { summary, unit }: { summary: CallSummary; unit: string },
  change: PeriodChange | undefined,
  screen: Screen,
): string {
  const facts = drawFacts(summary, screen)
  if (summary.calls === 0) return `${facts[0]}\n`
  const reasons = summary.ended_reasons.slice(0, maxReasons).map(({ value, count }) => ({
    name: value,
    value: count,
    note: share(count, summary.calls),
  }))
  const others = summary.ended_reasons.length - reasons.length
  return [
    ...facts,
    ...(change ? ['', drawChange(change, screen)] : []),
    ...drawVolume(summary, unit, screen),
    '',
    screen.style('bold', 'Ended reasons'),
    ...drawBars(reasons, screen),
    ...(others > 0 ? [`  and ${formatNumber(others)} more`] : []),
    ...summary.metrics.flatMap((metric) => drawMetric(metric, screen)),
    '',
  ].join('\n')
}
