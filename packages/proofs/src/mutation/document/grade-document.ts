import { listOperations, type SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { applyEdit } from '../../document-edits/edit.ts'
import { listChecks } from '../contract-internals.ts'
import { createTargetGrader } from '../grade-target.ts'
import type { Grader, Result } from '../mutant.ts'
import { listDocumentMutants } from './document-mutants.ts'
import { createMockTarget } from './mock-target.ts'
import { hasOwner, onlyOperation } from './only-operation.ts'

const document = bundled as unknown as SpecDocument

export const documentMutants = listDocumentMutants(document)

/**
 * The suite against the mock of a document with one edit. Each operation has its own document: a
 * mutant costs as much as one operation, whatever their number.
 */
export async function createDocumentGrader(): Promise<Grader> {
  const parts = listOperations(document)
    .map((operation) => onlyOperation(document, operation))
    // What several operations share is graded with the smallest of them first.
    .toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)
    .map((part) => ({ part, grade: createTargetGrader(listChecks(part)) }))
  const mutants = new Map(documentMutants.map(({ id, edit }) => [id, edit]))

  return async (id) => {
    const edit = id === undefined ? { operator: '', changes: [] } : mutants.get(id)!
    for (const { part, grade } of parts) {
      if (!edit.changes.every(({ path }) => hasOwner(part, path))) continue
      await using target = createMockTarget(applyEdit(part, edit))
      const result: Result = await grade(target)
      if (result.killer !== undefined) return result
    }
    return {}
  }
}
