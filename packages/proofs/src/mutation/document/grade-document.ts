import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { applyEdit } from '../../document-edits/edit.ts'
import { listChecks } from '../contract-internals.ts'
import { createTargetGrader } from '../grade-target.ts'
import type { Grader } from '../mutant.ts'
import { listDocumentMutants } from './document-mutants.ts'
import { createMockTarget } from './mock-target.ts'

const document = bundled as unknown as SpecDocument

export const documentMutants = listDocumentMutants(document)

/** The suite of the document against the mock of a document with one edit. */
export async function createDocumentGrader(): Promise<Grader> {
  const grade = createTargetGrader(listChecks(document))
  return async (id) => {
    const mutant = documentMutants.find((one) => one.id === id)
    await using target = createMockTarget(mutant ? applyEdit(document, mutant.edit) : document)
    return await grade(target)
  }
}
