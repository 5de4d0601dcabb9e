import { parseChangesetFile } from '@changesets/parse'
import type { Bump, Change } from './change.ts'
import type { SpecDiff } from './diff-specs.ts'
import { edit } from './format-diff.ts'

/** The changeset that belongs to the document, relative to the repository. */
export const changesetFile = '.changeset/api-spec.md'

/** Packages whose public types are the generated ones. */
export const typedPackages = ['@cekura-kit/types', '@cekura-kit/client'] as const

const groups: [title: string, holds: (bump: Bump) => boolean][] = [
  ['Breaking in the API', (bump) => bump === 'major'],
  ['Added to the API', (bump) => bump === 'minor'],
  ['Documentation and small print', (bump) => bump === 'patch'],
]

/**
 * The changeset for a diff, the same bytes for the same diff.
 *
 * Both packages are named: the client re-exports the types, and a dependency bump alone
 * would give it a patch.
 *
 * @returns undefined when nothing needs a release
 */
export function formatChangeset({ bump, changes }: SpecDiff): string | undefined {
  if (bump === 'none') return undefined
  const sections = groups.flatMap(([title, holds]) => {
    const lines = [...new Set(changes.filter((change) => holds(change.bump)).map(line))]
    return lines.length === 0 ? [] : [`**${title}**\n\n${lines.join('\n')}`]
  })
  const text = `---\n${typedPackages.map((name) => `'${name}': ${bump}`).join('\n')}\n---\n\n${sections.join('\n\n')}\n`
  // Whoever reads it next is changesets itself.
  parseChangesetFile(text)
  return text
}

/** One line of a changelog: where, what, from what to what. */
function line(change: Change): string {
  const where = change.alsoAt
    ? `\`${change.location}\` and ${change.alsoAt.length} more`
    : `\`${change.location}\``
  const words = change.kind.replaceAll('-', ' ')
  const what = change.kind === 'docs-changed' ? '' : edit(change)
  return `- ${where}: ${words}${what ? ` (\`${what.replaceAll('`', "'")}\`)` : ''}`
}
