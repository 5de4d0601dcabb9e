import { policy, type ChangeKind } from './policy.ts'

/** Size of a release, the smallest first. */
export const bumps = ['none', 'patch', 'minor', 'major'] as const
export type Bump = (typeof bumps)[number]

/** What one view saw, before the policy has judged it. */
export interface Finding {
  kind: ChangeKind
  /** Where in the API, e.g. `GET /items/ 200 body.results[].level`. */
  location: string
  /** The old side in a few words, empty when there was none. */
  before: string
  /** The new side in a few words, empty when there is none. */
  after: string
  /** Further places where the same edit of a shared component shows. */
  alsoAt?: string[]
}

/** A difference between two documents and what it means for a release. */
export interface Change extends Finding {
  /** Whether correct code of a consumer, or a correct caller, can fail because of it. */
  breaking: boolean
  bump: Bump
  /** Why this bump. */
  reason: string
  /** Whether a person must look, because no rule can judge the meaning. */
  review: boolean
}

/** The larger of several bumps, `none` of none. */
export const maxBump = (list: Iterable<Bump>): Bump =>
  bumps[Math.max(0, ...[...list].map((bump) => bumps.indexOf(bump)))]!

/** Applies the policy to findings, the largest bump first and otherwise in the order found. */
export function judge(findings: readonly Finding[]): Change[] {
  return findings
    .map((finding): Change => {
      const rule = policy[finding.kind]
      return {
        ...finding,
        breaking: rule.bump === 'major',
        bump: rule.bump,
        reason: rule.reason,
        review: 'review' in rule,
      }
    })
    .sort((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump))
}
