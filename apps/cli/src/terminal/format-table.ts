import { breakLine } from './break-line.ts'
import type { Format, Style } from './color.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'
import { padEnd, padStart, shorten, textWidth } from './text-width.ts'

export interface Column<Row> {
  title: string
  text(row: Row): string
  align?: 'right' | undefined
  /** Minimum width before columns at the right are hidden; default its full width. */
  minWidth?: number | undefined
  /** Maximum width of a cell; default 60. */
  maxWidth?: number | undefined
  color?: ((cell: string) => Format | undefined) | undefined
}

/** The terminal that a table is drawn for. */
export interface Screen {
  width: number
  style: Style
}

const defaultMaxWidth = 60
const gap = 2

const sum = (widths: readonly number[]): number =>
  widths.reduce((total, width) => total + width + gap, -gap)

/**
 * Widths of the columns that fit a screen: first the widest flexible columns shrink, then columns at
 * the right are hidden. The first always stays.
 */
function planWidths(wanted: readonly number[], min: readonly number[], width: number): number[] {
  let count = wanted.length
  while (count > 1 && sum(min.slice(0, count)) > width) count -= 1
  const widths = wanted.slice(0, count)
  for (let over = sum(widths) - width; over > 0; over--) {
    const flexible = widths.filter((each, index) => each > min[index]!)
    if (flexible.length === 0) break
    const widest = Math.max(...flexible)
    widths[widths.findIndex((each, index) => each === widest && each > min[index]!)]! -= 1
  }
  return widths
}

/**
 * Rows as aligned columns under a line of titles, if there are any, and the names of the columns that
 * do not fit. Control characters are removed.
 */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width, style }: Screen,
): string {
  const titles = columns.map(({ title }) =>
    shorten(escapeControlCharacters(title), defaultMaxWidth),
  )
  const cells = rows.map((row) =>
    columns.map(({ text, maxWidth = defaultMaxWidth }) =>
      shorten(escapeControlCharacters(text(row)), maxWidth),
    ),
  )
  const wanted = titles.map((title, index) =>
    cells.reduce((most, row) => Math.max(most, textWidth(row[index]!)), textWidth(title)),
  )
  const minWidth = wanted.map((each, index) => Math.min(each, columns[index]!.minWidth ?? each))
  const widths = planWidths(wanted, minWidth, width)
  const formatLine = (row: readonly string[], formatOf: (index: number) => Format | undefined) =>
    widths
      .map((columnWidth, index) => {
        const pad = columns[index]!.align === 'right' ? padStart : padEnd
        const padded = pad(shorten(row[index]!, columnWidth), columnWidth)
        const format = formatOf(index)
        return format ? style(format, padded) : padded
      })
      .join(' '.repeat(gap))
      .trimEnd()
  const lines = cells.map((row) => formatLine(row, (index) => columns[index]!.color?.(row[index]!)))
  if (titles.some((title) => title !== '')) lines.unshift(formatLine(titles, () => 'bold'))
  const hidden = titles.slice(widths.length).filter((title) => title !== '')
  if (hidden.length > 0) {
    const note = `Terminal too narrow: ${hidden.join(', ')} hidden. Use --json.`
    lines.push(...breakLine(note, width).map((line) => style('dim', line)))
  }
  return lines.join('\n')
}
