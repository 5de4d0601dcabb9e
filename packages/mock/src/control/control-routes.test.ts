import { expect, test } from 'vitest'
import { idsOf, path, startSandbox } from '../api/sandbox.test-helper.ts'

/** All bytes that five pages return while the list changes, and the statistics. */
async function churned(plan: object) {
  const { page, control } = startSandbox({ rows: 100 })
  const before = idsOf(await page({ page_size: 100 }))
  await control('/churn', plan)
  const pages = []
  for (let number = 1; number <= 5; number++) pages.push(await page({ page: number }))
  const stats = (await control('/churn')) as Record<string, number[]>
  await control('/churn', null)
  return { pages, stats, before, after: await page({ page_size: 100 }) }
}

test('inserts, updates and deletes calls', async () => {
  const { page, control } = startSandbox({ rows: 5 })
  const [newest, second] = (await page()).results
  const inserted = { ...newest!, id: 999_999_999, timestamp: '2025-03-01T00:00:00Z' }
  await control('/insert', [inserted])
  await control('/update', { id: second!.id, topic: 'changed' })
  await control('/delete', [newest!.id])
  const { count, results } = await page()
  expect([count, results[0], results[1]]).toEqual([5, inserted, { ...second!, topic: 'changed' }])
})

test('a call with another timestamp moves to its place', async () => {
  const { page, control } = startSandbox({ rows: 5 })
  const [, , , , oldest] = (await page()).results
  await control('/update', { id: oldest!.id, timestamp: '2025-03-01T00:00:00Z' })
  expect((await page()).results[0]!.id).toBe(oldest!.id)
})

test('the journal has no key', async () => {
  const { send, control } = startSandbox({ rows: 1 })
  await send({ page: 3 }, undefined, 'secret')
  expect(await control('/requests')).toEqual([
    {
      operationId: 'callLogs.list',
      method: 'GET',
      path,
      status: 404,
      query: { agent_id: '2142', page: '3' },
    },
  ])
})

test('churn makes the same changes for the same seed', async () => {
  const [one, same, other] = [
    await churned({ seed: 5, perPage: 6 }),
    await churned({ seed: 5, perPage: 6 }),
    await churned({ seed: 6, perPage: 6 }),
  ]
  expect(same).toEqual(one)
  expect(other.pages).not.toEqual(one.pages)
})

test('churn reports every change', async () => {
  const { stats, before, after } = await churned({ seed: 2, perPage: 9 })
  const { pages, inserted = [], late = [], deleted = [], reviewed = [] } = stats
  expect(pages).toBe(5)
  for (const kind of [inserted, late, deleted, reviewed]) expect(kind.length).toBeGreaterThan(0)
  const removed = new Set(deleted)
  const expected = [...before, ...inserted, ...late].filter((id) => !removed.has(id))
  expect(after.count).toBe(expected.length)
  expect(expected).toEqual(expect.arrayContaining(idsOf(after)))
})

test('a reset replaces the data, and the next one restores the initial data', async () => {
  const { page, control } = startSandbox({ rows: 30, endMs: 'now' })
  const first = await page()
  await control('/clock', { advanceMs: 1 })
  await control('/rate-limit', { burst: 1, perMinute: 1 })
  await control('/churn', { perPage: 3 })
  await control('/faults', [{ times: 9, status: 500 }])
  await control('/reset', { seed: 2, rows: 40 })
  expect((await page()).count).toBe(40)
  await control('/reset', {})
  expect(await page()).toEqual(first)
})

test.each<[string, unknown, RegExp]>([
  ['/faults', {}, /expected an array/],
  ['/faults', [{ status: '500' }], /Invalid status "500": expected an integer from 400 to 599/],
  ['/faults', [{ status: 429, retryAfter: '7' }], /Invalid retryAfter "7"/],
  ['/faults', [{ status: 429, retryAfter: 'soon' }], /Invalid retryAfter "soon"/],
  ['/rate-limit', { burst: 0, perMinute: 1 }, /Invalid burst 0/],
  ['/rate-limit', { burst: 1 }, /Invalid perMinute/],
  ['/clock', { now: 'noon' }, /Invalid now "noon"/],
  ['/clock', { now: null }, /Invalid now null/],
  ['/clock', { now: '2025-02-30T00:00:00Z' }, /Invalid now "2025-02-30/],
  ['/clock', { now: '2025-01-15T12:00:00' }, /Invalid now/],
  ['/clock', { advanceMs: -1 }, /Invalid advanceMs -1/],
  ['/clock', { now: '9999-12-31T00:00:00Z', advanceMs: 86_400_000 }, /would pass/],
  ['/clock', { at: 1 }, /unknown field "at"/],
  ['/churn', { perPage: 0 }, /Invalid perPage 0/],
  ['/churn', 5, /expected an object with any of seed, perPage/],
  ['/reset', { rows: -1 }, /Invalid rows -1: expected an integer from 0 to 100000/],
  ['/reset', { profile: 'x' }, /expected one of framework, published, inverted/],
  ['/reset', { port: 1 }, /unknown field "port"/],
  ['/insert', {}, /expected an array/],
  ['/insert', [{ id: 5, timestamp: 5 }], /Invalid call log 0/],
  ['/insert', [{ id: '5', timestamp: '2025-01-15T12:00:00Z' }], /Invalid call log 0/],
  ['/update', { topic: 'x' }, /expected the id/],
  ['/update', { id: 1, timestamp: 'x' }, /Invalid timestamp "x"/],
  ['/delete', ['1'], /Invalid ids/],
  ['/transport', '1:reset', /Connection faults need startMock/],
  ['/nowhere', {}, /Unknown control path\. Expected one of .*\/faults/],
])('POST %s of %j is an error and changes nothing', async (at, body, message) => {
  const { page, control } = startSandbox({ rows: 5 })
  const before = [await page(), await control('/clock')]
  await expect(control(at, body)).rejects.toThrow(message)
  expect([await page(), await control('/clock')]).toEqual(before)
})
