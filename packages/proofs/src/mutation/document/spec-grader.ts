import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { listChecks } from '../contract-internals.ts'
import { documentMutants } from './document-operators.ts'
import { createGrade, type Verdict } from '../grade.ts'
import { createMockTarget } from './mock-target.ts'
import { schemaMutants } from './schema-operators.ts'

const document = bundled as unknown as SpecDocument

export const specMutants = [...schemaMutants(document), ...documentMutants(document)]

/** The suite of the document against the mock of a document with one change; no id is no change. */
export async function createSpecGrader(): Promise<
  (id: string | undefined) => Promise<Pick<Verdict, 'killer' | 'layer' | 'message'>>
> {
  const grade = createGrade(listChecks(document))
  return async (id) => {
    const copy = structuredClone(document)
    specMutants.find((mutant) => mutant.id === id)?.apply(copy)
    await using target = createMockTarget(copy)
    return await grade(target)
  }
}
