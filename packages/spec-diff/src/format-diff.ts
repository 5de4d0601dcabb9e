import type { Change } from './change.ts'
import type { SpecDiff } from './diff-specs.ts'

/**
 * The changes as a table, the bump in the last line.
 *
 * @param columns width of the terminal; a table that is wider becomes one block a change
 */
export function formatDiff({ bump, changes }: SpecDiff, columns = Infinity): string {
  if (changes.length === 0) return 'No change that a consumer can notice. Bump: none\n'
  const rows = changes.map((change) => [
    change.breaking ? `${change.bump} !` : change.bump,
    change.kind,
    change.location + more(change),
    edit(change),
    change.review ? `${change.reason} (a person must look)` : change.reason,
  ])
  const head = ['bump', 'kind', 'place', 'before → after', 'why']
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length), title.length),
  )
  const line = (row: string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!)))
      .join('  ')
  const breaking = changes.filter((change) => change.breaking).length
  const table = [head, ...rows].map(line)
  const fits = table.every((text) => text.length <= columns)
  const shown = fits ? table.join('\n') : rows.map((row) => block(row, columns)).join('\n\n')
  return `${shown}\n\n${count(changes.length, 'change')}, ${breaking} breaking. Bump: ${bump}\n`
}

const indent = ' '.repeat(9)

function block([bump, kind, ...rest]: string[], columns: number): string {
  const width = Math.max(columns - indent.length, 20)
  const lines = rest.filter(Boolean).flatMap((text) => wrap(text, width))
  return [bump!.padEnd(indent.length) + kind, ...lines.map((text) => indent + text)].join('\n')
}

/** Breaks between words; a word longer than the line is cut, so that nothing runs over. */
const wrap = (text: string, width: number): string[] =>
  text.match(new RegExp(`\\S(?:.{0,${width - 2}}\\S)?(?=\\s|$)|\\S{${width}}`, 'g')) ?? []

/** `before → after` with the empty side left out: `+ after`, `- before`. */
export function edit({ before, after }: Change): string {
  if (!before && !after) return ''
  if (!before) return `+ ${after}`
  if (!after) return `- ${before}`
  return `${before} → ${after}`
}

const more = ({ alsoAt }: Change): string =>
  alsoAt ? ` (and ${count(alsoAt.length, 'more place')})` : ''

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`
