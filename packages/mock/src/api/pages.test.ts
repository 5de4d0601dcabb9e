import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { base, idsOf, path, startSandbox } from './sandbox.test-helper.ts'

const link = (to: number): string => `${base}${path}?agent_id=2142${to > 1 ? `&page=${to}` : ''}`

test('every call is on one page, newest first, and links lead to the neighboring pages', async () => {
  const { page } = startSandbox({ rows: 45 })
  const calls = []
  for (let number = 1; number <= 3; number++) {
    const { results, next, previous, count } = await page({ page: number })
    expect({ next, previous, count }).toEqual({
      next: number < 3 ? link(number + 1) : null,
      previous: number > 1 ? link(number - 1) : null,
      count: 45,
    })
    calls.push(...results)
  }
  expect(new Set(calls.map(({ id }) => id)).size).toBe(45)
  const times = calls.map(({ timestamp }) => Date.parse(timestamp))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
})

test('filters, sizes and pages match a plain model', async () => {
  const { send, page } = startSandbox({ rows: 60, maxPageSize: 60 })
  const all = (await page({ page_size: 60 })).results
  const times = all.map(({ timestamp }) => timestamp)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...times),
      fc.constantFrom(...times),
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 1, max: 4 }),
      async (from, to, size, number) => {
        const matching = all.filter(
          ({ timestamp }) =>
            Date.parse(timestamp) >= Date.parse(from) && Date.parse(timestamp) <= Date.parse(to),
        )
        const max = Math.min(size, 60)
        const expected = matching.slice((number - 1) * max, number * max)
        const response = await send({
          timestamp_from: from,
          timestamp_to: to,
          page_size: size,
          page: number,
        })
        if (number > 1 && expected.length === 0) expect(response.status).toBe(404)
        else
          expect(await response.json()).toMatchObject({
            count: matching.length,
            results: expected,
          })
      },
    ),
    { numRuns: 60 },
  )
})

test('call_ids and assistant_id select calls, and the assistants share all calls', async () => {
  const { page } = startSandbox({ rows: 60 })
  const all = idsOf(await page({ page_size: 60 }))
  expect(idsOf(await page({ call_ids: `${all[40]},${all[3]},1` }))).toEqual([all[3], all[40]])
  const counts = []
  for (const assistant_id of ['asst_1234567890', 'agent_xyz789', 'unknown'])
    counts.push((await page({ assistant_id })).count!)
  expect(counts[0]! + counts[1]!).toBe(60)
  expect([Math.min(...counts.slice(0, 2)) > 0, counts[2]]).toEqual([true, 0])
})

test('an unknown agent has an empty page', async () => {
  const page = await startSandbox({ rows: 9 }).page({ agent_id: 9 })
  expect(page).toEqual({ count: 0, next: null, previous: null, results: [] })
})
