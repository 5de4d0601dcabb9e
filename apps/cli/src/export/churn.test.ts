import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChurn, walkPlainly } from './churn.test-helper.ts'
import { createFolder, everyCall, idsOf, runExport } from './export.test-helper.ts'

const rows = 1200
const january = ['--from', '2025-01-01', '--to', '2025-02-01']
let mock: Mock
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows })
})
afterAll(() => mock.close())

test.each([1, 2])(
  'calls that come and go between requests push no other out, and none is there twice (seed %i)',
  async (seed) => {
    await mock.reset()
    using folder = createFolder()
    await using churn = await startChurn(mock, await everyCall(mock), { seed, perRequest: 6 })
    const { code } = await runExport(churn.url, [...january, '-o', folder.at('a')])
    expect(code).toBe(0)
    const found = idsOf(folder.at('a'))
    const unique = new Set(found)
    expect(found.length - unique.size).toBe(0)
    expect([...churn.throughout()].filter((id) => !unique.has(id))).toEqual([])
    expect(Object.values(churn.writes()).every((count) => count > 5)).toBe(true)
  },
)

test('a plain walk of the pages loses calls where calls come and go', async () => {
  let lost = 0
  for (const seed of [1, 2]) {
    await mock.reset()
    await using churn = await startChurn(mock, await everyCall(mock), { seed, perRequest: 1 })
    const found = await walkPlainly(churn.url, 20)
    lost += [...churn.throughout()].filter((id) => !found.has(id)).length
  }
  expect(lost).toBeGreaterThan(0)
})
