import type { Change } from './change.ts'
import type { SpecDiff } from './diff-specs.ts'

/** The changes as a table for a terminal, the bump in the last line. */
export function formatDiff({ bump, changes }: SpecDiff): string {
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
  return `${[head, ...rows].map(line).join('\n')}\n\n${count(changes.length, 'change')}, ${breaking} breaking. Bump: ${bump}\n`
}

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
