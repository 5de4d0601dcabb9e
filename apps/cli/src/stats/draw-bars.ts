import type { Style } from '../terminal/color.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import { formatNumber } from '../terminal/format-number.ts'
import { padEnd, padStart, shorten, textWidth } from '../terminal/text-width.ts'

/** The terminal that statistics are drawn for. */
export interface Screen {
  width: number
  style: Style
  zone: string
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const levels = '▁▂▃▄▅▆▇█'

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

/** A line per row: name, value, note and a bar where there is room. */
export function drawBars(
  rows: readonly { name: string; value: number; note: string }[],
  { width, style }: Screen,
): string[] {
  const valueWidth = Math.max(...rows.map(({ value }) => formatNumber(value).length))
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
    return `  ${padEnd(names[index]!, nameWidth)}  ${padStart(formatNumber(value), valueWidth)}  ${padStart(note, noteWidth)}  ${bar}`.trimEnd()
  })
}
