import type { Finding } from '../compare/compare-documents.ts'
import { breakingEdits } from './breaking-edits.ts'
import { bumps, type Bump } from './bump.ts'
import { safeEdits, type SafeEdit } from './safe-edits.ts'

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

/** A rule for what the API ignores, or the rule for what a consumer writes. */
const ruleFor = (kind: string, rules: ReadonlyMap<string, SafeEdit>): SafeEdit | undefined =>
  rules.get(kind) ?? rules.get(kind.replace(/^read-only-/, 'request-'))

/** The committed table. */
export const safeRules: ReadonlyMap<string, SafeEdit> = new Map<string, SafeEdit>(
  Object.entries(safeEdits),
)

/** Breaking unless a row of the table says otherwise; the largest bump first. */
export function classify(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, SafeEdit> = safeRules,
): Change[] {
  return findings
    .map((finding): Change => {
      const kind = finding.kind.replace(/^read-only-(?!added|removed)/, 'request-')
      const rule = ruleFor(finding.kind, rules)
      if (rule)
        return {
          ...finding,
          kind,
          edit: finding.kind,
          breaking: false,
          bump: rule.bump,
          reason: rule.reason,
          review: rule.review ?? false,
        }
      const reason = sentences.get(kind)
      return {
        ...finding,
        kind: reason ? kind : unclassified,
        edit: finding.kind,
        breaking: true,
        bump: 'major',
        reason: reason ?? `no rule calls "${finding.kind.replaceAll('-', ' ')}" safe`,
        review: reason === undefined,
      }
    })
    .toSorted((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump))
}
