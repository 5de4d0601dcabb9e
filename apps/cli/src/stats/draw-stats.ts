import type { CallSummary, MetricSpread } from '@cekura-kit/call-format'
import type { Style } from '../terminal/color.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import { formatSeconds } from '../terminal/progress.ts'
import { padEnd, padStart, shorten, textWidth } from '../terminal/text-width.ts'

interface Screen {
  width: number
  style: Style
}

const maxReasons = 10
const maxLabels = 6
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const levels = '▁▂▃▄▅▆▇█'

const count = (value: number): string => value.toLocaleString('en')
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}%`
const number = (value: number | null): string =>
  value === null ? '–' : String(Number(value.toPrecision(4)))

const seconds = (value: number | null): string => (value === null ? '–' : formatSeconds(value))

/** A bar of eighths of a character, at least one for a value above 0. */
export function drawBar(value: number, most: number, width: number): string {
  if (value <= 0 || most <= 0) return ''
  const parts = Math.max(1, Math.round((value / most) * width * 8))
  return '█'.repeat(Math.floor(parts / 8)) + eighths[parts % 8]!
}

/** Values as a row of columns, a character each; an empty one for 0. */
export function drawSpark(values: readonly number[]): string {
  const most = Math.max(...values)
  return values
    .map((value) => (value === 0 ? ' ' : levels[Math.ceil((value / most) * levels.length) - 1]!))
    .join('')
}

function drawBars(
  rows: readonly { name: string; value: number; note: string }[],
  { width, style }: Screen,
): string[] {
  const valueWidth = Math.max(...rows.map(({ value }) => count(value).length))
  const noteWidth = Math.max(...rows.map(({ note }) => note.length))
  const maxNameWidth = Math.min(32, Math.max(8, width - valueWidth - noteWidth - 6))
  const names = rows.map(({ name }) =>
    shorten(escapeControlCharacters(name) || '(none)', maxNameWidth),
  )
  const nameWidth = Math.max(...names.map(textWidth))
  const room = Math.min(40, width - nameWidth - valueWidth - noteWidth - 8)
  const most = Math.max(...rows.map(({ value }) => value))
  return rows.map(({ value, note }, index) => {
    const bar = room < 4 ? '' : style('cyan', drawBar(value, most, room))
    return `  ${padEnd(names[index]!, nameWidth)}  ${padStart(count(value), valueWidth)}  ${padStart(note, noteWidth)}  ${bar}`.trimEnd()
  })
}

function drawVolume({ volume }: CallSummary, unit: string, screen: Screen): string[] {
  if (volume.length === 0) return []
  const isDays = !/hour|minute/.test(unit)
  const rows = volume.map(({ from, calls, succeeded, failed }) => ({
    name: isDays ? from.slice(0, 10) : `${from.slice(0, 10)} ${from.slice(11, 16)}`,
    value: calls,
    note: percent(succeeded, succeeded + failed),
  }))
  const title = `Calls by ${unit}, success rate (UTC)`
  return ['', screen.style('bold', title), ...drawBars(rows, screen)]
}

function drawMetric(metric: MetricSpread, screen: Screen): string[] {
  const { style } = screen
  const calls = `${count(metric.count)} calls`
  const name = shorten(escapeControlCharacters(metric.name), screen.width - calls.length - 2)
  const title = `${style('bold', name)}  ${style('dim', calls)}`
  if (metric.kind === 'label') {
    const rows = metric.labels.slice(0, maxLabels).map(({ value, count: calls }) => ({
      name: value,
      value: calls,
      note: percent(calls, metric.count),
    }))
    return ['', title, ...drawBars(rows, screen)]
  }
  const { mean, p10, median, p90, bins } = metric
  const spark = drawSpark(bins.map(({ count: calls }) => calls))
  const [low, high] = [number(bins[0]!.from), number(bins.at(-1)!.to)]
  const [middle, edges] = [
    `mean ${number(mean)}, p50 ${number(median)}`,
    `p10 ${number(p10)}, p90 ${number(p90)}`,
  ]
  const ends = `  ${low} ${style('cyan', spark)} ${high}`
  const isOne = `  ${low} ${spark} ${high}  ${middle}, ${edges}`.length <= screen.width
  return [
    '',
    title,
    ...(isOne ? [`${ends}  ${middle}, ${edges}`] : [ends, `  ${middle}`, `  ${edges}`]),
  ]
}

const factWidth = 12

/** A figure with its name; what is said about it below it where there is no room. */
function drawFact(name: string, parts: readonly string[], { width, style }: Screen): string {
  const title = style('bold', name.padEnd(factWidth))
  const isOne = factWidth + 2 + parts.join('; ').length <= width
  return `${title}  ${parts.join(isOne ? '; ' : `\n${' '.repeat(factWidth + 2)}`)}`
}

/** Figures of calls for a person at a terminal. */
export function drawStats(summary: CallSummary, unit: string, screen: Screen): string {
  const {
    calls,
    succeeded,
    failed,
    not_evaluated: missing,
    reviewed,
    duration_seconds: length,
  } = summary
  const { style } = screen
  const evaluated = succeeded + failed
  const facts: [string, string[]][] = [
    ['Calls', [count(calls)]],
    [
      'Success rate',
      [
        `${percent(succeeded, evaluated)} of ${count(evaluated)} evaluated`,
        `${count(missing)} not evaluated`,
      ],
    ],
    ['Reviewed', [`${percent(reviewed, calls)}, ${count(reviewed)} calls`]],
    [
      'Duration',
      [
        `p50 ${seconds(length.p50)}, p90 ${seconds(length.p90)}`,
        ...(length.known < calls ? [`known of ${count(length.known)}`] : []),
      ],
    ],
  ]
  const lines = facts.map(([name, parts]) => drawFact(name, parts, screen))
  if (calls === 0) return `${lines[0]}\n`
  const reasons = summary.ended_reasons.slice(0, maxReasons).map(({ value, count: each }) => ({
    name: value,
    value: each,
    note: percent(each, calls),
  }))
  const others = summary.ended_reasons.length - reasons.length
  return [
    ...lines,
    ...drawVolume(summary, unit, screen),
    '',
    style('bold', 'Ended reasons'),
    ...drawBars(reasons, screen),
    ...(others > 0 ? [`  and ${count(others)} more`] : []),
    ...summary.metrics.flatMap((metric) => drawMetric(metric, screen)),
    '',
  ].join('\n')
}
