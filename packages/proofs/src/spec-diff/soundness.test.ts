import { expect, test } from 'vitest'
import { editedDocuments } from './edited-documents.ts'
import { findUnsound } from './soundness.ts'

test('no bump of a random edit is below what a validator or the compiler proves', async () => {
  const seeds = Array.from({ length: 60 }, (_, i) => i + 1)
  const report = await findUnsound(editedDocuments, seeds)
  expect(report.unsound).toEqual([])
  expect(report.compiled).toBeGreaterThan(0)
})
