import { printable, shorten } from './format-table.ts'

const widest = 60

const cell = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : shorten(printable(typeof value === 'string' ? value : JSON.stringify(value)), widest)

/** Rows of any shape as columns; numbers stand right. */
export function formatRows(names: readonly string[], rows: readonly object[]): string {
  const cells = rows.map((row) => names.map((name) => cell((row as Record<string, unknown>)[name])))
  const isNumeric = names.map((_, index) =>
    cells.every((line) => /^(-?[\d.]+(e[+-]?\d+)?)?$/i.test(line[index]!)),
  )
  const titles = names.map((name) => shorten(printable(name), widest))
  const widths = names.map((_, index) =>
    Math.max(titles[index]!.length, ...cells.map((line) => line[index]!.length)),
  )
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
