import type { Style } from './color.ts'
import { formatColumns, maxWidth } from './format-columns.ts'
import { printable } from './printable.ts'
import { shorten } from './text-width.ts'
import { padEnd, textWidth } from './text-width.ts'

/** Any value of JSON as the text of a cell. */
export const cellText = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)

/** One field a line, for rows that are wider than the screen. */
function formatRecords(
  names: readonly string[],
  cells: readonly string[][],
  { width, style }: { width: number; style: Style },
): string {
  const titles = names.map((name) => shorten(printable(name), maxWidth))
  const titleWidth = Math.max(...titles.map(textWidth))
  const room = Math.max(10, width - titleWidth - 2)
  return cells
    .map((line) =>
      titles
        .map((title, index) =>
          `${style('bold', padEnd(title, titleWidth))}  ${shorten(printable(line[index]!), room)}`.trimEnd(),
        )
        .join('\n'),
    )
    .join('\n\n')
}

/** Rows of any shape as columns, numbers at the right; field by field when they are too wide. */
export function formatRows(
  names: readonly string[],
  rows: readonly object[],
  screen: { width: number; style: Style },
): string {
  const cells = rows.map((row) =>
    names.map((name) => cellText((row as Record<string, unknown>)[name])),
  )
  const columns = names.map((title, index) => ({
    title,
    align: cells.every((line) => /^(-?[\d.]+(e[+-]?\d+)?)?$/i.test(line[index]!))
      ? ('right' as const)
      : undefined,
  }))
  const { text, leftOut } = formatColumns(columns, cells, screen)
  const isWider =
    leftOut.length > 0 || text.split('\n').some((line) => textWidth(line) > screen.width)
  return isWider && rows.length > 0 ? formatRecords(names, cells, screen) : text
}
