import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { SpecDocument } from '@cekura-kit/spec'
import { expect, test } from 'vitest'
import { bumps, createContract, diffContracts, type Bump } from './index.ts'

interface JudgedPair {
  name: string
  before: SpecDocument
  after: SpecDocument
  least: Bump
  most: Bump
}

const file = new URL('../fixtures/judged-pairs.json.gz', import.meta.url)
const pairs = JSON.parse(gunzipSync(readFileSync(file)).toString()) as JudgedPair[]

test.each(pairs)('$name needs at least $least and at most $most', async (pair) => {
  const { bump } = diffContracts(
    await createContract(pair.before),
    await createContract(pair.after),
  )
  const range = bumps.slice(bumps.indexOf(pair.least), bumps.indexOf(pair.most) + 1)
  expect(range).toContain(bump)
})

test.each(pairs)('$name compared with itself needs nothing', async ({ after }) => {
  const contract = await createContract(after)
  expect(diffContracts(contract, contract)).toEqual({ bump: 'none', changes: [] })
})
