// The sandbox behind Prism, and Prism's judgement of it.
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { control, get, page, walk } from './ask-mock.test-helper.ts'
import { startMock } from './index.ts'
import type { MockMode } from './mock-options.ts'

test('every page, refusal and fault of the sandbox passes Prism', async () => {
  await using mock = await startMock({ mode: 'proxied', rows: 300 })
  const calls = await walk(mock, { page_size: 100 })
  expect(calls).toHaveLength(300)
  expect((await page(mock)).next).toContain(mock.url)
  for (const query of [{ agent_id: 'x' }, { page: 999 }]) await get(mock, query)
  expect((await get(mock, {}, '')).status).toBe(401)
  await control(mock, '/faults', [{ status: 429, retryAfter: 3 }, { status: 500 }])
  const throttled = await get(mock, {})
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3'])
  expect((await get(mock, {})).status).toBe(500)
  expect(mock.violations()).toEqual([])
})

test('behind Prism a fault for one request arrives by its header, with a documented answer', async () => {
  await using mock = await startMock({ mode: 'proxied', rows: 60 })
  const ask = (fault: string, query = {}) =>
    fetch(
      `${mock.url}${operationDescriptors['callLogs.list'].path}?${new URLSearchParams({ agent_id: '2142', ...query })}`,
      { headers: { [apiKeyHeader]: 'k', accept: 'application/json', 'x-sandbox-fault': fault } },
    )
  expect((await ask('status=429; retryAfter=5')).headers.get('retry-after')).toBe('5')
  expect(await (await ask('count=0')).json()).toMatchObject({ count: 0, results: { length: 20 } })
  expect((await ask('drift=2')).status).toBe(200)
  expect((await ask('shrink=50', { page: 2 })).status).toBe(404)
  expect((await ask('nonsense')).status).toBe(400)
  await control(mock, '/rate-limit', { burst: 1, perMinute: 60 })
  await get(mock, {})
  expect((await get(mock, {})).status).toBe(429)
  expect(mock.violations()).toEqual([])
  // HTTP allows a date there; the document says seconds.
  await mock.reset()
  expect((await ask('status=429; retryAfter=2025-01-15T12:00:07Z')).status).toBe(500)
  expect(mock.violations()[0]!.location).toContain('retry-after')
})

test.each(['published', 'contrary'] as const)(
  'what the %s profile answers is documented too',
  async (profile) => {
    await using mock = await startMock({ mode: 'proxied', rows: 60, profile })
    const queries: Record<string, string | number>[] = [
      {},
      { page: 0 },
      { page: 99 },
      { page_size: 999 },
      { page_size: 'x' },
      { pagesize: 1 },
      { agent_id: 1 },
      { assistant_id: '' },
      { timestamp_from: '2020-01-01T00:00:00Z' },
    ]
    for (const query of queries) await get(mock, query)
    await get(mock, {}, '')
    expect(mock.violations()).toEqual([])
    const range = { timestamp_from: '2025-01-01T00:00:00Z', timestamp_to: '2025-02-01T00:00:00Z' }
    expect(await walk(mock, range)).toHaveLength(60)
  },
)

test('only a sandbox has calls for a reset to change', async () => {
  await using mock = await startMock()
  await expect(mock.reset({ seed: 2 })).rejects.toThrow(/mode static has no calls.*take sandbox/)
  expect((await control(mock, '/reset', { seed: 2 })).status).toBe(400)
  expect((await control(mock, '/reset', {})).status).toBe(204)
})

test('an answer that the document does not allow is refused by Prism and reported', async () => {
  await using mock = await startMock({ mode: 'proxied', rows: 3 })
  const [call] = (await page(mock)).results
  await control(mock, '/update', { id: call!.id, status: 'escalated' })
  expect((await get(mock, {})).status).toBe(500)
  await expect.poll(() => mock.violations().length).toBeGreaterThan(0)
  expect(mock.violations()[0]!.location).toContain('status')
  await mock.reset()
  expect(mock.violations()).toEqual([])
  expect((await get(mock, {})).status).toBe(200)
})

test.each(['static', 'dynamic', 'sandbox', 'proxied', 'live-proxy'] satisfies MockMode[])(
  'transport faults stand in front of the %s mode, and the next answer is whole',
  async (mode) => {
    await using upstream = await startMock({ mode: 'sandbox', rows: 20 })
    const transport = '1:reset,2:truncate@20'
    await using one = await startMock({ mode, transport, upstream: upstream.url })
    await expect(get(one, {})).rejects.toThrow('fetch failed')
    await expect(get(one, {}).then((response) => response.text())).rejects.toThrow('terminated')
    const response = await get(one, {})
    expect([response.status, typeof (await response.json())]).toEqual([200, 'object'])
    expect(one.violations()).toEqual([])
  },
)
