import type { SpecDocument } from '@cekura-kit/spec'

/** One single change. Its id is the operator and the place, and reproduces it. */
export interface SpecMutant {
  id: string
  operator: string
  /** Makes the change in a copy of the document. */
  apply(copy: SpecDocument): void
}

/** How many mutants each operator makes. */
export function countByOperator(mutants: readonly { operator: string }[]): {
  [operator: string]: number
} {
  const counts: { [operator: string]: number } = {}
  for (const { operator } of mutants) counts[operator] = (counts[operator] ?? 0) + 1
  return counts
}
