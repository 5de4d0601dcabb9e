import type { SpecDocument } from '@cekura-kit/spec'
import { breakingCases, documentOf, goldenPairs, safeCases } from '@cekura-kit/spec-diff/testing'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }

/** Documents to edit: ours, both sides of golden pairs, and the small documents of all cases. */
export const editedDocuments: readonly SpecDocument[] = [
  ...Array.from({ length: 40 }, () => bundled as unknown as SpecDocument),
  ...goldenPairs.flatMap(({ before, after }) => [before, after]),
  ...[...safeCases, ...breakingCases].flatMap((one) => [
    documentOf(one, one.before),
    documentOf(one, one.after),
  ]),
]
