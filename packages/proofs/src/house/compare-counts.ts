import type { Finding } from './run-linters.ts'

/** How many findings of each rule a folder may have. */
export type AllowList = Record<string, Record<string, number>>

/** Enough to see the mistake; the rest shows when these are fixed. */
const maxShown = 20

/** A workspace package, a folder at the top, or `.` for files at the top. */
function folderOf(file: string): string {
  const [top = '', name, ...rest] = file.split('/')
  if (name === undefined) return '.'
  return rest.length > 0 && (top === 'packages' || top === 'apps') ? `${top}/${name}` : top
}

/** Findings by folder and rule. Markdown is for users: a file of it is a group that no list allows anything. */
function groupFindings(findings: readonly Finding[]): Map<string, Map<string, Finding[]>> {
  const folders = new Map<string, Map<string, Finding[]>>()
  for (const finding of findings) {
    const folder = finding.file.endsWith('.md') ? finding.file : folderOf(finding.file)
    const rules = folders.get(folder) ?? new Map<string, Finding[]>()
    folders.set(folder, rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), finding]))
  }
  return folders
}

/**
 * Compares findings with the allow-list, which may only shrink.
 *
 * @param isNew whether a finding is on a line that differs from the main branch; such are shown first
 * @returns one text for each folder and rule whose count differs; empty when all counts match
 */
export function compareCounts(
  findings: readonly Finding[],
  allowed: AllowList,
  isNew: (finding: Finding) => boolean,
): string[] {
  const groups = groupFindings(findings)
  const problems: string[] = []
  for (const [folder, rules] of groups)
    for (const [rule, found] of rules) {
      const max = folder.endsWith('.md') ? 0 : (allowed[folder]?.[rule] ?? 0)
      if (found.length <= max) continue
      const fresh = found.filter(isNew)
      const shown = (fresh.length >= found.length - max ? fresh : found).slice(0, maxShown)
      const lines = shown.map(({ file, line, message }) => `  ${file}:${line} ${rule}: ${message}`)
      const rest = found.length - shown.length
      const head =
        max === 0
          ? []
          : [`${folder}: ${found.length} findings of ${rule}, expected at most ${max}:`]
      const tail = rest > 0 && fresh.length === 0 ? [`  and ${rest} more`] : []
      problems.push([...head, ...lines, ...tail].join('\n'))
    }
  for (const [folder, rules] of Object.entries(allowed))
    for (const [rule, max] of Object.entries(rules)) {
      const count = groups.get(folder)?.get(rule)?.length ?? 0
      if (count < max)
        problems.push(
          `${folder}: ${count} findings of ${rule}, but the allow-list has ${max}. Lower it to ${count}: run \`pnpm fix\` and commit the allow-list.`,
        )
    }
  return problems
}

/** The allow-list with each count that is too high lowered; none is raised, and 0 is left out. */
export function lowerCounts(findings: readonly Finding[], allowed: AllowList): AllowList {
  const groups = groupFindings(findings)
  return Object.fromEntries(
    Object.entries(allowed).flatMap(([folder, rules]) => {
      const lower = Object.entries(rules).flatMap(([rule, max]) => {
        const count = Math.min(max, groups.get(folder)?.get(rule)?.length ?? 0)
        return count === 0 ? [] : [[rule, count] as const]
      })
      return lower.length === 0 ? [] : [[folder, Object.fromEntries(lower)] as const]
    }),
  )
}
