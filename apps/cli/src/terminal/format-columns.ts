import type { Style } from './color.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'
import { padEnd, padStart, shorten, textWidth } from './text-width.ts'

export interface Column {
  title: string
  align?: 'right' | undefined
  /** Minimum width before columns at the right are hidden; default its full width. */
  minWidth?: number | undefined
  /** Colors a padded cell. */
  paint?: ((padded: string, cell: string, style: Style) => string) | undefined
}

/** Maximum width of a cell. */
export const maxWidth = 60
const gap = 2

const sum = (widths: readonly number[]): number =>
  widths.reduce((total, width) => total + width + gap, -gap)

/**
 * Widths of the columns that fit a screen: first flexible columns shrink, then columns at the right are
 * hidden. The first always stays.
 */
export function planWidths(
  wanted: readonly number[],
  minWidth: readonly number[],
  screenWidth: number,
): number[] {
  let count = wanted.length
  while (count > 1 && sum(minWidth.slice(0, count)) > screenWidth) count -= 1
  const widths = wanted.slice(0, count)
  // The widest shrinks first, so that short texts stay whole.
  for (let over = sum(widths) - screenWidth; over > 0; over--) {
    let widest = -1
    for (const [index, width] of widths.entries())
      if (width > minWidth[index]! && (widest === -1 || width > widths[widest]!)) widest = index
    if (widest === -1) break
    widths[widest]! -= 1
  }
  return widths
}

export interface Table {
  text: string
  /** Titles of the columns that do not fit. */
  hidden: string[]
}

/** Rows as aligned columns under a line of titles. Control characters are removed. */
export function formatColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, style }: { width: number; style: Style },
): Table {
  const cells = rows.map((row) =>
    row.map((cell) => shorten(escapeControlCharacters(cell), maxWidth)),
  )
  const titles = columns.map(({ title }) => shorten(escapeControlCharacters(title), maxWidth))
  const wanted = titles.map((title, index) =>
    cells.reduce((most, row) => Math.max(most, textWidth(row[index]!)), textWidth(title)),
  )
  const minWidth = columns.map((column, index) =>
    Math.min(
      wanted[index]!,
      Math.max(column.minWidth ?? wanted[index]!, textWidth(titles[index]!)),
    ),
  )
  const widths = planWidths(wanted, minWidth, width)
  const line = (row: readonly string[], isTitle: boolean): string =>
    widths
      .map((columnWidth, index) => {
        const { align, paint } = columns[index]!
        const cell = shorten(row[index]!, columnWidth)
        const isLast = index === widths.length - 1
        const padded =
          align === 'right'
            ? padStart(cell, columnWidth)
            : isLast
              ? cell
              : padEnd(cell, columnWidth)
        if (isTitle) return style('bold', padded)
        return paint ? paint(padded, row[index]!, style) : padded
      })
      .join(' '.repeat(gap))
      .trimEnd()
  return {
    text: [line(titles, true), ...cells.map((row) => line(row, false))].join('\n'),
    hidden: columns.slice(widths.length).map(({ title }) => title),
  }
}
