import { expect, test } from 'vitest'
import { path, startSandbox } from '../api/sandbox.test-helper.ts'

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

test('a reset replaces the data, and the next one restores the initial data', async () => {
  const { page, control } = startSandbox({ rows: 30, endMs: 'now' })
  const first = await page()
  await control('/clock', { advanceMs: 1 })
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
  ['/clock', { now: 'noon' }, /Invalid now "noon"/],
  ['/clock', { now: null }, /Invalid now null/],
  ['/clock', { now: '2025-02-30T00:00:00Z' }, /Invalid now "2025-02-30/],
  ['/clock', { now: '2025-01-15T12:00:00' }, /Invalid now/],
  ['/clock', { advanceMs: -1 }, /Invalid advanceMs -1/],
  ['/clock', { now: '9999-12-31T00:00:00Z', advanceMs: 86_400_000 }, /would pass/],
  ['/clock', { at: 1 }, /unknown field "at"/],
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
