import type { SpecDiff } from '../diff.ts'
import type { Change } from '../policy/classify.ts'

/** An operation by method, path and operationId; empty for the rest of the document. */
export const printOperation = ({ method, path, operationId }: Change): string =>
  [method, path, operationId && `(${operationId})`].filter(Boolean).join(' ')

/** The place inside the operation, such as `200 body.results[].topic`. */
export const printPlace = ({ location, method, path }: Change): string =>
  path ? location.slice([method, path].filter(Boolean).join(' ').length).trim() : location

/** `before → after` with an empty side omitted: `+ after`, `- before`. */
export function printEdit({ before, after }: { before: string; after: string }): string {
  if (!before && !after) return ''
  if (!before) return `+ ${after}`
  return after ? `${before} → ${after}` : `- ${before}`
}

/** The edit in words: `response property removed`. */
export const printKind = ({ kind, edit }: Change): string =>
  (kind === 'unclassified' ? `unclassified: ${edit}` : kind).replaceAll('-', ' ')

/**
 * The changes, a block each, and the bump in the last line. No line is wider than `columns`.
 *
 * @param columns at least 40
 */
export function formatDiff({ bump, changes }: SpecDiff, columns: number): string {
  if (changes.length === 0) return 'No consumer-visible changes. Bump: none\n'
  const blocks = changes.map((change) => block(change, columns))
  const breaking = changes.filter((change) => change.breaking).length
  return `${blocks.join('\n')}\n${count(changes.length, 'change')}, ${breaking} breaking. Bump: ${bump}\n`
}

const indent = '       '

function block(change: Change, columns: number): string {
  const { bump, reason, review, alsoAt } = change
  const more = alsoAt.length > 0 ? ` and ${count(alsoAt.length, 'more place')}` : ''
  const lines = [
    `${printPlace(change)}${more}`.trim(),
    printEdit(change),
    review ? `${reason} (needs manual review)` : reason,
  ]
  const width = columns - indent.length
  const [head, ...rest] = [
    [printKind(change), printOperation(change)].filter(Boolean).join(': '),
    ...lines,
  ].flatMap((line) => wrap(printable(line), width))
  return [bump.padEnd(indent.length) + head, ...rest.map((line) => indent + line), ''].join('\n')
}

/** Control and direction characters of a document must not reach a terminal. */
const printable = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  )

/** Breaks between words; a word longer than the line is cut. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((long) => cut(long, width))) {
    const longer = line ? `${line} ${word}` : word
    if (longer.length > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line ? [...lines, line] : lines
}

const cut = (word: string, width: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(word.length / width)) }, (_, i) =>
    word.slice(i * width, (i + 1) * width),
  )

export const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`
