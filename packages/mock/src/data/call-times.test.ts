import { expect, test } from 'vitest'
import { startSandbox } from '../api/sandbox.test-helper.ts'

test('nothing is later than the end of the range, at which the newest calls are evaluated', async () => {
  const endMs = Math.floor(Date.now() / 1000) * 1000
  const { page } = startSandbox({ rows: 100, endMs: 'now' })
  const { results } = await page({ page_size: 100 })
  const times = results.flatMap((call) => [call.timestamp, call.created_at!, call.updated_at!])
  expect(Math.max(...times.map((time) => Date.parse(time)))).toBeLessThanOrEqual(endMs + 1000)
  expect(results[0]).toMatchObject({ status: 'evaluating', success: null, metrics: [] })
  expect(results.filter(({ status }) => status === 'evaluating').length).toBeLessThan(10)
  expect(Date.parse(results[0]!.timestamp)).toBeGreaterThan(endMs - 600_000)
})

test('a call is evaluated after minutes and reviewed after days of the virtual clock', async () => {
  const { page, control } = startSandbox({ rows: 400 })
  const { results, count } = await page({ page_size: 100 })
  const evaluating = results.filter(({ status }) => status === 'evaluating')
  expect(evaluating.length).toBeGreaterThan(0)
  await control('/clock', { advanceMs: 86_400_000 })
  const later = await page({ call_ids: evaluating.map(({ id }) => id).join() })
  expect(later.results.map(({ status }) => status)).not.toContain('evaluating')
  const reviewed = async (): Promise<number> =>
    (await page({ page_size: 100 })).results.filter((call) => call.is_reviewed).length
  const before = await reviewed()
  expect(await control('/clock', { advanceMs: 5 * 86_400_000 })).toEqual({
    now: '2025-02-07T00:00:00.000Z',
  })
  expect(await reviewed()).toBeGreaterThan(before)
  expect((await page()).count).toBe(count)
})

test('an earlier clock hides later calls, which cannot be changed yet', async () => {
  const { page, control } = startSandbox({ rows: 60, clock: '2025-01-15T12:00:00Z' })
  const { results, count } = await page()
  expect(results[0]!.timestamp < '2025-01-15T12:00:00Z' && count! < 60).toBe(true)
  const newest = { id: 200_000_060, topic: 'changed' }
  await expect(control('/update', newest)).rejects.toThrow('No such call')
  await control('/clock', { now: '2025-02-01T00:00:00Z' })
  await control('/update', newest)
  expect((await page()).results[0]).toMatchObject(newest)
})

test('the latency of the sandbox and of a fault add up', async () => {
  const { send } = startSandbox({ latencyMs: 30 })
  const startedMs = performance.now()
  await send({}, 'latencyMs=30')
  expect(performance.now() - startedMs).toBeGreaterThan(55)
})
