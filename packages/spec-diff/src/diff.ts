import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import { compareDocuments } from './compare/documents.ts'
import { maxBump, type Bump } from './policy/bump.ts'
import { classify, safeRules, type Change } from './policy/classify.ts'

export interface SpecDiff {
  /** The bump that all changes together need. */
  bump: Bump
  /** The largest bump first; empty when a consumer cannot notice a difference. */
  changes: Change[]
}

/**
 * Compares two bundled documents and decides the bump: major unless every difference is in the
 * table of safe edits.
 *
 * @throws {SpecError} when a reference leads nowhere, or the documents are nested too deeply
 * @example
 * const { bump, changes } = diffSpecs(old, next)
 */
export function diffSpecs(before: SpecDocument, after: SpecDocument, rules = safeRules): SpecDiff {
  try {
    const changes = classify(compareDocuments(before, after), rules)
    return { bump: maxBump(changes.map(({ bump }) => bump)), changes }
  } catch (error) {
    // Only what a document nests can use up the stack.
    if (!(error instanceof RangeError)) throw error
    throw new SpecError('Cannot compare: schemas refer to each other too deeply.', { cause: error })
  }
}
