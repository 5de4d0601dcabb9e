import type { SpecDocument } from '@cekura-kit/spec'
import { documentOf, goldenPairs, safeCases } from '@cekura-kit/spec-diff/testing'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }

/** Documents whose single edits are classified: ours, golden pairs, and small cases of every row. */
export const editedDocuments: readonly SpecDocument[] = [
  ...Array.from({ length: 20 }, () => bundled as unknown as SpecDocument),
  ...goldenPairs.map(({ before }) => before),
  ...safeCases.map((one) => documentOf(one, one.after)),
]
