import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import { generateSchema } from '@cekura-kit/types/generator'
import { canonicalText } from './canonical.ts'
import { judge, maxBump, type Bump, type Change, type Finding } from './change.ts'
import { diffTypes } from './diff-types.ts'
import { diffWire } from './diff-wire.ts'

/** A document and the types generated from it. */
export interface Contract {
  document: SpecDocument
  /** Text of the generated `schema.ts`. */
  schema: string
}

export interface SpecDiff {
  /** The bump that all changes together need. */
  bump: Bump
  /** The largest bump first; empty when the documents promise the same. */
  changes: Change[]
}

/** From this many paths on, the generator's lint of the document costs more than all the rest. */
export const manyPaths = 50

/**
 * Generates the types of a document.
 *
 * @throws {SpecError} when the generator refuses it
 */
export async function createContract(document: SpecDocument): Promise<Contract> {
  try {
    return {
      document,
      schema: await generateSchema(document),
    }
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SpecError(`Cannot generate types: ${why}; correct the document`, { cause: error })
  }
}

/**
 * Compares two contracts in both views, the generated types and the documents, and decides
 * the bump by the policy table.
 *
 * @example
 * const { bump } = diffContracts(await createContract(old), await createContract(next))
 */
export function diffContracts(before: Contract, after: Contract): SpecDiff {
  return conclude(
    [...diffTypes(before.schema, after.schema), ...diffWire(before.document, after.document)],
    before.document,
    after.document,
  )
}

/** The verdict on what both views found. */
export function conclude(
  found: readonly Finding[],
  before: SpecDocument,
  after: SpecDocument,
): SpecDiff {
  const moved = found.length === 0 && canonicalText(before) !== canonicalText(after)
  const changes = judge(
    moved ? [{ kind: 'document-changed', location: 'document', before: '', after: '' }] : found,
  )
  return { bump: maxBump(changes.map(({ bump }) => bump)), changes }
}
