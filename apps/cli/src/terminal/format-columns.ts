import type { Style } from './color.ts'
import { printable } from './printable.ts'
import { padEnd, padStart, shorten, textWidth } from './text-width.ts'

export interface Column {
  title: string
  align?: 'right' | undefined
  /** How narrow it may become before columns at the right are left out; default its whole width. */
  least?: number | undefined
  /** Colors a cell that is padded already. */
  paint?: ((padded: string, cell: string, style: Style) => string) | undefined
}

/** The widest a cell becomes. */
export const maxWidth = 60
const gap = 2

const sum = (widths: readonly number[]): number =>
  widths.reduce((total, width) => total + width + gap, -gap)

/**
 * Widths of the columns that fit a screen: first those that may shrink do, then columns at the
 * right are left out. The first stays.
 */
export function planWidths(
  wanted: readonly number[],
  least: readonly number[],
  screenWidth: number,
): number[] {
  let count = wanted.length
  while (count > 1 && sum(least.slice(0, count)) > screenWidth) count -= 1
  const widths = wanted.slice(0, count)
  // The widest gives way first, so that short texts stay whole.
  for (let over = sum(widths) - screenWidth; over > 0; over--) {
    let widest = -1
    for (const [index, width] of widths.entries())
      if (width > least[index]! && (widest === -1 || width > widths[widest]!)) widest = index
    if (widest === -1) break
    widths[widest]! -= 1
  }
  return widths
}

export interface Table {
  text: string
  /** Titles of the columns that did not fit. */
  leftOut: string[]
}

/** Rows as aligned columns under a line of titles. Cells are made printable here. */
export function formatColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, style }: { width: number; style: Style },
): Table {
  const cells = rows.map((row) => row.map((cell) => shorten(printable(cell), maxWidth)))
  const titles = columns.map(({ title }) => shorten(printable(title), maxWidth))
  const wanted = titles.map((title, index) =>
    cells.reduce((most, row) => Math.max(most, textWidth(row[index]!)), textWidth(title)),
  )
  const least = columns.map((column, index) =>
    Math.min(wanted[index]!, Math.max(column.least ?? wanted[index]!, textWidth(titles[index]!))),
  )
  const widths = planWidths(wanted, least, width)
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
    leftOut: columns.slice(widths.length).map(({ title }) => title),
  }
}
