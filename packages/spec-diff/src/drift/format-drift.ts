import { count } from '../output/format-diff.ts'
import { codeSpan } from '../output/markdown.ts'
import { deviationList } from './deviations.ts'
import type { DriftReport, UncoveredOperation } from './find-drift.ts'

/** An issue's body may hold 65,536 characters; editors add some. */
const maxCharacters = 60_000
const maxUncovered = 100

function fit(text: string): string {
  if (text.length <= maxCharacters) return text
  const lines = text.split('\n')
  let length = 0
  const kept = lines.findIndex((line) => (length += line.length + 1) > maxCharacters)
  return `${lines.slice(0, kept).join('\n')}\n\n${count(lines.length - kept, 'more line')}: see \`pnpm drift --json\`.\n`
}

const printUncovered = ({ method, path, operationId, succeeds }: UncoveredOperation): string =>
  `- ${codeSpan(`${method} ${path}`)}${operationId ? ` (${codeSpan(operationId)})` : ''}${
    succeeds ? `, successor of ${codeSpan(succeeds)}` : ''
  }`

/** The report as Markdown, fit for the body of an issue. */
export function formatDrift({ drift, prose, settled, uncovered }: DriftReport): string {
  const sections: string[] = []
  if (drift.length > 0) {
    const rows = drift.map(
      ({ edit, location, ours, theirs, hash }) =>
        `| ${[codeSpan(edit), codeSpan(location), codeSpan(ours), codeSpan(theirs), hash].join(' | ')} |`,
    )
    sections.push(
      `## Differences from upstream\n\n| edit | place | ours | theirs | hash |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n\nChange \`spec/openapi.yaml\`, or accept: \`pnpm drift <document> --accept <hash> --reason <text>\`.`,
    )
  }
  if (prose.length > 0) {
    const items = prose.map(
      ({ location, hash, theirs }) =>
        `- ${codeSpan(location)} (${hash}): ${codeSpan(theirs, 4_000) || 'empty'}`,
    )
    sections.push(`## Prose to review\n\n${items.join('\n')}`)
  }
  if (settled.length > 0) {
    const items = settled.map(
      ({ edit, location }) => `- ${codeSpan(edit)} at ${codeSpan(location)}`,
    )
    sections.push(
      `## No longer different\n\nRemove from \`${deviationList.file}\` (\`pnpm drift <document> --prune\`):\n\n${items.join('\n')}`,
    )
  }
  const status = sections.length === 0 ? ['No new drift from upstream.'] : []
  if (uncovered.length > 0) {
    const more = uncovered.length - maxUncovered
    const items = uncovered.slice(0, maxUncovered).map(printUncovered)
    sections.push(
      `## ${count(uncovered.length, 'operation')} of upstream that the spec does not cover\n\n${items.join('\n')}${more > 0 ? `\n\n${more} more: see \`pnpm drift --json\`.` : ''}`,
    )
  }
  return fit(`${[...status, ...sections].join('\n\n')}\n`)
}
