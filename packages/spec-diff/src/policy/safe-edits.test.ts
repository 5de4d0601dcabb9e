import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SpecDocument } from '@cekura-kit/spec'
import { generateSchema } from '@cekura-kit/types/generator'
import { afterAll, expect, test } from 'vitest'
import { compileConsumers } from '../consumers/compile-consumers.ts'
import { writeConsumers } from '../consumers/write-consumers.ts'
import { diffSpecs } from '../diff.ts'
import { goldenPairs } from '../testing/golden-pairs.test-helper.ts'
import { findCounterexample } from '../testing/counterexample.test-helper.ts'
import { breakingEdits } from './breaking-edits.ts'
import { safeRules, unclassified } from './classify.ts'
import {
  breakingCases,
  documentOf,
  safeCases,
  type EditCase,
} from '../testing/edit-cases.test-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'safe-edits-'))
afterAll(() => rmSync(folder, { recursive: true }))

const withDocuments = (one: EditCase) => ({
  ...one,
  old: documentOf(one, one.before),
  next: documentOf(one, one.after),
})
const cases = safeCases.map(withDocuments)
const breaking = breakingCases.map(withDocuments)

test('every row of the table has a case', () => {
  expect(new Set(cases.map(({ kind }) => kind))).toEqual(new Set(safeRules.keys()))
})

test.each(cases)('$kind needs the bump of its row, and a person without the row', (one) => {
  const { old, next, kind } = one
  const row = safeRules.get(kind)!
  const diff = diffSpecs(old, next)
  expect(diff.bump).toBe(row.bump)
  expect(diff.changes).toContainEqual(
    expect.objectContaining({ edit: kind, reason: row.reason, review: row.review }),
  )
  const without = new Map([...safeRules].filter(([name]) => name !== kind))
  const change = diffSpecs(old, next, without).changes.find(({ edit }) => edit === kind)
  expect(change).toMatchObject({ kind: unclassified, bump: 'major', review: true })
})

/** What does not compile of the code of consumers of one document with the types of another. */
async function findBroken(
  pairs: readonly { kind: string; from: SpecDocument; to: SpecDocument }[],
) {
  const sets = await Promise.all(
    pairs.map(async ({ from, to }, i) => {
      const types = join(folder, `${i}.ts`)
      writeFileSync(types, await generateSchema(to))
      return { lines: writeConsumers(from), types }
    }),
  )
  const failed = await compileConsumers(sets)
  return failed.flatMap((lines, i) => lines.map((line) => [pairs[i]!.kind, line.code]))
}

test('no row of the table breaks code of a consumer', async () => {
  expect(
    await findBroken(cases.map(({ kind, old, next }) => ({ kind, from: old, to: next }))),
  ).toEqual([])
})

test('code of a consumer compiles with the types of its own document', async () => {
  const documents = [...cases, ...breaking].flatMap(({ kind, old, next }) => [
    { kind, from: old, to: old },
    { kind, from: next, to: next },
  ])
  expect(await findBroken(documents)).toEqual([])
})

test.each(cases.filter(({ place }) => place === 'written' || place === 'read'))(
  '$kind: a validator finds a payload that breaks only where the policy says so',
  ({ kind, place, before, after }) => {
    const ignored = kind.startsWith('read-only-')
    const [from, to] = place === 'written' ? [before, after] : [after, before]
    const found = findCounterexample({ schema: from, document: {} }, { schema: to, document: {} })
    if (!ignored)
      expect(found !== undefined, JSON.stringify(found)).toBe(safeRules.get(kind)!.policy)
  },
)

test.each(breaking)('$kind is breaking, with its sentence', ({ kind, old, next }) => {
  const { bump, changes } = diffSpecs(old, next)
  expect(bump).toBe('major')
  expect(changes.map((change) => change.kind)).toContain(kind)
})

test('every sentence about a breaking edit is used', () => {
  const reached = new Set(
    [
      ...[...cases, ...breaking].flatMap(({ old, next }) => [
        diffSpecs(old, next),
        diffSpecs(next, old),
      ]),
      ...goldenPairs.flatMap(({ before, after }) => [
        diffSpecs(before, after),
        diffSpecs(after, before),
      ]),
    ].flatMap(({ changes }) => changes.map(({ kind }) => kind)),
  )
  expect(Object.keys(breakingEdits).filter((kind) => !reached.has(kind))).toEqual([])
})
