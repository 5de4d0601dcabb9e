import { parseChangesetFile } from '@changesets/parse'
import type { SpecDiff } from '../diff.ts'
import { printEdit, printKind, printPlace } from '../output/format-diff.ts'
import { codeSpan } from '../output/markdown.ts'
import type { Bump } from '../policy/bump.ts'
import type { Change } from '../policy/classify.ts'
import { fixFor } from '../policy/fixes.ts'

/** The changeset that belongs to the document, relative to the repository. */
export const changesetFile = '.changeset/api-spec.md'

/** Packages that carry the document or its types. All public packages share their version. */
export const carriers = ['@cekura-kit/spec', '@cekura-kit/types', '@cekura-kit/client'] as const

const groups: [title: string, bump: Bump][] = [
  ['Breaking in the API', 'major'],
  ['Added to the API', 'minor'],
  ['Documentation and limits', 'patch'],
]

/**
 * The changeset for a diff, the same bytes for the same diff.
 *
 * @returns undefined when nothing needs a release
 */
export function formatChangeset({ bump, changes }: SpecDiff): string | undefined {
  if (bump === 'none') return undefined
  const sections = groups.flatMap(([title, size]) => {
    const lines = [...new Set(changes.filter((change) => change.bump === size).map(entry))]
    return lines.length === 0 ? [] : [`**${title}**\n\n${lines.join('\n')}`]
  })
  const head = carriers.map((name) => `'${name}': ${bump}`).join('\n')
  const text = `---\n${head}\n---\n\n${sections.join('\n\n')}\n`
  // The next reader of the file is changesets.
  parseChangesetFile(text)
  return text
}

/** Both sides of an edit whose values are in its name. */
function printBothSides(change: Change): string {
  if (change.kind.endsWith('-became-required')) return 'optional → required'
  if (change.kind.endsWith('-became-optional')) return 'required → optional'
  return printEdit(change)
}

/** One line of a changelog: which operation, where in it, before and after, why, and the fix. */
function entry(change: Change): string {
  const { method, path, operationId, alsoAt, reason, bump } = change
  const call = [method, path].filter(Boolean).join(' ')
  const place = printPlace(change)
  const where = [
    ...(operationId ? [codeSpan(operationId)] : []),
    ...(call ? [operationId ? `(${codeSpan(call)})` : codeSpan(call)] : []),
    ...(place ? [codeSpan(place)] : []),
    ...(alsoAt.length > 0 ? [`and ${alsoAt.length} more`] : []),
  ].join(' ')
  const values = printBothSides(change)
  const what = `${where}: ${printKind(change)}${values ? ` ${codeSpan(values)}` : ''}`
  if (bump === 'patch' && !change.review) return `- ${what}`
  const name = codeSpan(place.split(/[ .]/).at(-1) || operationId || call)
  return `- ${what}; ${reason}. To do: ${fixFor(change, name)}.`
}
