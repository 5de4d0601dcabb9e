import { expect, test } from 'vitest'
import { bumps, diffSpecs } from '../index.ts'
import { goldenPairs } from './golden-pairs.ts'

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
