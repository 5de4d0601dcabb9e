import type { Finding } from './change.ts'
import type { ChangeKind } from './policy.ts'

/** A finding relative to the value it was found in. */
export interface LocalFinding {
  kind: ChangeKind
  /** Path below the value: `.results[].level`, or empty. */
  path: string
  before: string
  after: string
  /** The same object for every place that shows this one edit. */
  origin: object
}

export interface Report {
  findings: Finding[]
  add(kind: ChangeKind, location: string, before?: string, after?: string): void
  /** Adds findings of a value at its place; an edit met before only gains a place. */
  addAt(location: string, found: readonly LocalFinding[]): void
}

/** Places listed beside the first one of an edit that shows in many. */
export const placesListed = 20

export function createReport(): Report {
  const findings: Finding[] = []
  const byOrigin = new Map<object, Finding>()
  return {
    findings,
    add: (kind, location, before = '', after = '') => {
      findings.push({ kind, location, before, after })
    },
    addAt: (location, found) => {
      for (const { origin, path, ...rest } of found) {
        const place = location + path
        const first = byOrigin.get(origin)
        if (!first) {
          const finding = { ...rest, location: place }
          byOrigin.set(origin, finding)
          findings.push(finding)
        } else if (first.location !== place && (first.alsoAt?.length ?? 0) < placesListed)
          first.alsoAt = [...new Set([...(first.alsoAt ?? []), place])]
      }
    },
  }
}

/** The same findings one step further out. */
export const below = (step: string, found: readonly LocalFinding[]): LocalFinding[] =>
  step === '' ? [...found] : found.map((finding) => ({ ...finding, path: step + finding.path }))

/** The first place of each edit inside one value: shared parts would multiply it. */
export function distinct(found: readonly LocalFinding[]): LocalFinding[] {
  const seen = new Set<object>()
  return found.filter(({ origin }) => !seen.has(origin) && seen.add(origin))
}
