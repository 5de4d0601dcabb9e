import { count } from '../output/format-diff.ts'
import { codeSpan } from '../output/markdown.ts'
import type { DriftReport, UncoveredOperation } from './find-drift.ts'

/** Rows of one section: the body of an issue may hold 65,536 characters. */
const maxRows = 60

const printUncovered = ({ method, path, operationId, succeeds }: UncoveredOperation): string =>
  `- ${codeSpan(`${method} ${path}`)}${operationId ? ` (${codeSpan(operationId)})` : ''}${
    succeeds ? `, successor of ${codeSpan(succeeds)}` : ''
  }`

/** As many lines as an issue has room for. */
function fit(lines: readonly string[]): string {
  const more = lines.length - maxRows
  const rest = more > 0 ? `\n\n${more} more: see \`pnpm drift --json\`.` : ''
  return lines.slice(0, maxRows).join('\n') + rest
}

/** The report as Markdown, fit for the body of an issue. */
export function formatDrift({ drift, uncovered }: DriftReport): string {
  const rows = drift.map(({ edit, location, ours, theirs, hash }) => {
    const cells = [edit, location, ours, theirs].map((text) => codeSpan(text, 200))
    return `| ${[...cells, hash].join(' | ')} |`
  })
  const sections = [
    drift.length === 0
      ? 'No new drift from upstream.'
      : `## Differences from upstream\n\n| edit | place | ours | theirs | hash |\n| --- | --- | --- | --- | --- |\n${fit(rows)}\n\nChange \`spec/openapi.yaml\`, or accept: \`pnpm drift <document> --accept <hash> --reason <text>\`.`,
  ]
  if (uncovered.length > 0)
    sections.push(
      `## ${count(uncovered.length, 'operation')} of upstream that the spec does not cover\n\n${fit(uncovered.map(printUncovered))}`,
    )
  return `${sections.join('\n\n')}\n`
}
