import { expect, test } from 'vitest'
import { findDrift } from '../drift/find-drift.ts'
import { bumps, diffSpecs } from '../index.ts'
import { goldenPairs } from './golden-pairs.test-helper.ts'

test.each(goldenPairs)(
  '$name needs at least $min and at most $max',
  ({ before, after, min, max }) => {
    const range = bumps.slice(bumps.indexOf(min), bumps.indexOf(max) + 1)
    expect(range).toContain(diffSpecs(before, after).bump)
  },
)

test.each(goldenPairs)('$name: the document compared with a copy needs nothing', ({ after }) => {
  expect(diffSpecs(after, structuredClone(after))).toEqual({ bump: 'none', changes: [] })
})

test.each(goldenPairs)(
  '$name: drift finds what spec-diff finds in operations',
  ({ before, after }) => {
    const inOperations = diffSpecs(before, after)
      .changes.filter(({ method }) => method !== '')
      .filter(({ edit }) => !/^(operation-(added|id-.*)|docs-changed)$/.test(edit))
      .map(({ edit, location }) => `${edit} ${location}`)
    const drift = findDrift(before, after, []).drift.map(
      ({ edit, location }) => `${edit} ${location}`,
    )
    expect(drift.filter((item) => / [A-Z]+ \//.test(item)).toSorted()).toEqual(
      inOperations.toSorted(),
    )
  },
)
