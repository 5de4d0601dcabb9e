import { expect, test } from 'vitest'
import { bumps, createContract, diffContracts } from './index.ts'
import { judgedPairs } from './judged-pairs.ts'

test.each(judgedPairs)('$name needs at least $least and at most $most', async (pair) => {
  const { bump } = diffContracts(
    await createContract(pair.before),
    await createContract(pair.after),
  )
  const range = bumps.slice(bumps.indexOf(pair.least), bumps.indexOf(pair.most) + 1)
  expect(range).toContain(bump)
})

test.each(judgedPairs)('$name compared with itself needs nothing', async ({ after }) => {
  const contract = await createContract(after)
  expect(diffContracts(contract, contract)).toEqual({ bump: 'none', changes: [] })
})
