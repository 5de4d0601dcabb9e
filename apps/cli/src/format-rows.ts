import { printable, shorten } from './format-table.ts'

const widest = 60

const cell = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : shorten(printable(typeof value === 'string' ? value : JSON.stringify(value)), widest)

/** One field a line, for rows that are wider than the screen. */
const formatRecords = (names: readonly string[], cells: readonly string[][]): string => {
  const width = Math.max(...names.map(({ length }) => length))
  return cells
    .map((line) => names.map((name, index) => `${name.padEnd(width)}  ${line[index]!}`.trimEnd()))
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** Rows of any shape as columns, numbers at the right; field by field when they are too wide. */
export function formatRows(
  names: readonly string[],
  rows: readonly object[],
  screenWidth: number,
): string {
  const cells = rows.map((row) => names.map((name) => cell((row as Record<string, unknown>)[name])))
  const isNumeric = names.map((_, index) =>
    cells.every((line) => /^(-?[\d.]+(e[+-]?\d+)?)?$/i.test(line[index]!)),
  )
  const titles = names.map((name) => shorten(printable(name), widest))
  const widths = names.map((_, index) =>
    Math.max(titles[index]!.length, ...cells.map((line) => line[index]!.length)),
  )
  const total = widths.reduce((sum, width) => sum + width + 2, -2)
  if (total > screenWidth && rows.length > 0) return formatRecords(titles, cells)
  return [titles, ...cells]
    .map((line) =>
      line
        .map((text, index) =>
          isNumeric[index] ? text.padStart(widths[index]!) : text.padEnd(widths[index]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
