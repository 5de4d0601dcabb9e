import type { Finding } from '../compare/documents.ts'
import { breakingEdits } from './breaking-edits.ts'
import { bumps, type Bump } from './bump.ts'
import { safeEdits } from './safe-edits.ts'

/** Kind of a change that no table knows. */
export const unclassified = 'unclassified'

/** A difference between two documents and what it means for a release. */
export interface Change extends Finding {
  /** What was edited; for `unclassified` the edit that no table knows. */
  edit: string
  /** Whether correct code of a consumer, or a correct caller, can fail because of it. */
  breaking: boolean
  bump: Bump
  /** Why this bump. */
  reason: string
  /** Whether a person must look. */
  review: boolean
}

const sentences = new Map<string, string>(Object.entries(breakingEdits))

/** What a row of the table of safe edits says. */
export interface SafeRule {
  bump: Bump
  reason: string
  review: boolean
  policy: boolean
}

/** The committed table by kind. */
export const safeRules: ReadonlyMap<string, SafeRule> = new Map(
  safeEdits.map(([kind, bump, reason, ...marks]) => [
    kind,
    { bump, reason, review: marks.includes('review'), policy: marks.includes('policy') },
  ]),
)

/** Breaking unless a row of the table says otherwise; the largest bump first. */
export function classify(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, SafeRule> = safeRules,
): Change[] {
  return findings
    .map((finding): Change => {
      // What has no rule of its own there is written like any other property.
      const written = finding.kind.replace(/^read-only-(?!limit)/, 'request-')
      const rule = rules.get(finding.kind) ?? rules.get(written)
      const reason = rule?.reason ?? sentences.get(written)
      return {
        ...finding,
        kind: reason === undefined ? unclassified : written,
        edit: finding.kind,
        breaking: rule === undefined,
        bump: rule?.bump ?? 'major',
        reason: reason ?? `no rule calls "${finding.kind.replaceAll('-', ' ')}" safe`,
        review: rule?.review ?? reason === undefined,
      }
    })
    .toSorted((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump))
}
