// The client on the sandbox behind Prism: two independent readings of the same document.
import { createClient, listCallLogsInRange, type CallLog } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'
import { expect, test } from 'vitest'

const from = '2025-01-01T00:00:00Z'
const range = { agent_id: 2142, timestamp_from: from, timestamp_to: '2025-02-01T00:00:00Z' }

test('a walk and a range are complete, and Prism finds nothing wrong', async () => {
  await using mock = await startMock({ mode: 'proxied', rows: 600, maxPageSize: 50 })
  const { callLogs } = createClient({ apiKey: 'k', baseUrl: mock.url })
  // More than the cap: a server that answers fewer than asked loses nothing.
  const walk = callLogs.list({ ...range, page_size: 200 }).pages()
  const ids: number[] = []
  for await (const { results } of walk) ids.push(...results.map(({ id }) => id))
  expect(walk.report).toMatchObject({ pages: 12, items: 600, duplicates: 0, complete: true })
  const ranged: number[] = []
  for await (const { id } of listCallLogsInRange(
    { callLogs },
    { ...range, page_size: 50 },
    { concurrency: 2 },
  ))
    ranged.push(id)
  expect(ranged.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b))
  expect(mock.violations()).toEqual([])
})

test('calls that are added during a walk cost it nothing', async () => {
  await using mock = await startMock({ mode: 'proxied', rows: 60 })
  const { callLogs } = createClient({ apiKey: 'k', baseUrl: mock.url })
  const before = await callLogs.list(range).toArray({ limit: 1000 })
  const late = (id: number): CallLog => ({ ...before[0]!, id, timestamp: '2025-01-31T23:59:59Z' })
  const seen: number[] = []
  const walk = callLogs.list({ ...range, page_size: 10 }).pages()
  for await (const { results } of walk) {
    seen.push(...results.map(({ id }) => id))
    const added = [900_000_001, 900_000_002, 900_000_003].map((id) => late(id + seen.length * 10))
    await fetch(`${mock.controlUrl}/insert`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(added),
    })
  }
  expect(before.filter(({ id }) => !seen.includes(id))).toEqual([])
  expect(new Set(seen).size).toBe(seen.length)
  expect(walk.report.duplicates).toBeGreaterThan(0)
  expect(mock.violations()).toEqual([])
})

test.each(['framework', 'inverted'] as const)(
  'the client relies on no guess about the service: the %s profile',
  async (profile) => {
    await using mock = await startMock({ mode: 'proxied', rows: 150, profile })
    const { callLogs } = createClient({ apiKey: 'k', baseUrl: mock.url })
    const walk = callLogs.list({ ...range, page_size: 20 }).pages()
    const ids = new Set<number>()
    for await (const { results } of walk) for (const { id } of results) ids.add(id)
    expect(walk.report).toMatchObject({ items: 150, duplicates: 0, complete: true })
    const ranged = new Set<number>()
    for await (const { id } of listCallLogsInRange({ callLogs }, { ...range, page_size: 20 }))
      ranged.add(id)
    expect(ranged).toEqual(ids)
    expect(mock.violations()).toEqual([])
  },
)
