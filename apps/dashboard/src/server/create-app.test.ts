import { createClient } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { createApp, type AppOptions } from './create-app.ts'
import type { RowsAnswer, SummaryAnswer } from '../shared/dashboard-api.ts'

const now = Date.parse('2025-01-31T00:00:00Z')
const key = 'canary-key-5150'
const calls = Array.from({ length: 30 }, (_, index) =>
  createCallLog({
    id: index + 1,
    timestamp: new Date(now - (index + 1) * 3_600_000).toISOString(),
    duration: `0${index % 10}:30`,
    success: index % 3 === 0 ? null : index % 3 === 1,
    status: index % 3 === 1 ? 'success' : 'failure',
    call_ended_reason: index % 2 ? 'customer-ended-call' : '=HYPERLINK("x")',
    customer_number: `+1555010${1000 + index}`,
  }),
)
const window = 'agent_id=2142&from=2025-01-01T00:00:00Z&to=2025-01-31T00:00:00Z'

function setUp(options: Partial<AppOptions> = {}, given = calls) {
  const { fetch, requests } = createMockFetch({ calls: given, pageSize: 10 })
  const client = createClient({
    apiKey: key,
    baseUrl: 'https://upstream.test',
    fetch,
    maxRetries: 0,
  })
  const { app } = createApp({ client, source: 'test', now: () => now, ...options })
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.request(path, { headers: { host: '127.0.0.1:1', ...headers } })
  return { get, requests }
}

test('a hundred readers of one window cause one walk', async () => {
  const { get, requests } = setUp()
  const answers = await Promise.all(Array.from({ length: 100 }, () => get(`/api/rows?${window}`)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  // One for the count, one for the only page.
  expect(requests.length).toBe(2)
})

test('rows are filtered, sorted and cut, and count what is left', async () => {
  const { get } = setUp()
  const answer = await get(`/api/rows?${window}&status=success&sort=-duration&limit=2`)
  const { total, rows } = (await answer.json()) as RowsAnswer
  expect(total).toBe(10)
  expect(rows.map(({ seconds }) => seconds)).toEqual([570, 510])
})

test('calls nobody has judged count neither way', async () => {
  const answer = await setUp().get(`/api/summary?${window}`)
  const { kpis } = (await answer.json()) as SummaryAnswer
  expect(kpis).toMatchObject({ calls: 30, successes: 10, failures: 10, unjudged: 10 })
})

test('a facet counts as if it had no choice of its own', async () => {
  const answer = await setUp().get(`/api/summary?${window}&status=success`)
  const { facets } = (await answer.json()) as SummaryAnswer
  expect(facets.status).toEqual({
    values: [
      { value: 'failure', count: 20 },
      { value: 'success', count: 10 },
    ],
    distinct: 2,
    rest: 0,
  })
})

test.each(['/api/rows', '/api/summary', '/api/newer'])(
  '%s refuses a parameter it does not know',
  async (path) => {
    const answer = await setUp().get(`${path}?${window}&url=http://169.254.169.254`)
    expect(answer.status).toBe(400)
  },
)

test('another host is refused before anything is read', async () => {
  const { get, requests } = setUp()
  const answer = await get(`/api/rows?${window}`, { host: 'evil.test' })
  expect(answer.status).toBe(421)
  expect(requests).toEqual([])
})

test.each(['cross-site', 'same-site'])('a %s request is refused', async (site) => {
  const { get, requests } = setUp()
  expect((await get(`/api/rows?${window}`, { 'sec-fetch-site': site })).status).toBe(403)
  expect(requests).toEqual([])
})

test('a link from another site leads to the page in a window of its own, and nowhere else', async () => {
  const { get, requests } = setUp()
  const ask = async (path: string, dest: string): Promise<number> => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    return (await get(path, { ...headers, 'sec-fetch-dest': dest })).status
  }
  expect(await ask('/', 'document')).not.toBe(403)
  expect(await ask('/', 'iframe')).toBe(403)
  for (const path of [`/api/rows?${window}`, '/observability/v1/call-logs/?agent_id=2142'])
    expect(await ask(path, 'document'), path).toBe(403)
  expect(requests).toEqual([])
})

test('a customer number is masked wherever calls are shown, and not searched', async () => {
  const { get } = setUp()
  for (const path of [`/api/rows?${window}`, '/observability/v1/call-logs/?agent_id=2142'])
    expect(await (await get(path)).text()).not.toContain('+1555010')
  const found = (await (await get(`/api/rows?${window}&q=1555010`)).json()) as RowsAnswer
  expect(found.total).toBe(0)
})

const said = { transcript: 'I am Ann.', transcript_object: [{ role: 'user', text: 'I am Ann.' }] }
const spoken = createCallLog({
  id: 1,
  customer_number: '+15550101000',
  feedback: 'Ann was rude.',
  ...said,
})

test('who called and what was said is masked in every call, and nothing else is', async () => {
  const answer = await setUp({}, [spoken]).get('/observability/v1/call-logs/?agent_id=2142')
  const { results } = (await answer.json()) as { results: unknown[] }
  expect(results).toEqual([
    {
      ...spoken,
      customer_number: '••••00',
      feedback: '[masked]',
      transcript: '[masked]',
      transcript_object: '[masked]',
    },
  ])
})

test('personal data is revealed one call at a time, unless a setting forbids it', async () => {
  const open = await setUp({}, [spoken]).get('/api/reveal?agent_id=2142&id=1')
  const { customer_number, feedback } = spoken
  expect(await open.json()).toEqual({
    fields: { customer_number, feedback, ...said },
  })
  const { get, requests } = setUp({ canReveal: false })
  expect((await get('/api/reveal?agent_id=2142&id=1')).status).toBe(403)
  expect(requests).toEqual([])
})

test('no answer carries the key, and none may be stored or framed', async () => {
  const answer = await setUp().get(`/api/rows?${window}`)
  expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain(key)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
})

test('a row survives nulls, unknown words and a megabyte of text', async () => {
  const hostile = createCallLog({ id: 1, timestamp: new Date(now).toISOString() })
  Object.assign(hostile, {
    status: 'new_word',
    metrics: null,
    topic: 'x'.repeat(2 ** 20),
    duration: null,
  })
  const answer = await setUp({}, [hostile]).get(`/api/rows?${window}`)
  const text = await answer.text()
  expect(answer.status).toBe(200)
  expect(text.length).toBeLessThan(2000)
  expect((await setUp({}, [hostile]).get(`/api/summary?${window}`)).status).toBe(200)
})

test('a score on the upper edge of its steps is counted', async () => {
  const scored = [0.1, 0.2, 0.3, 0.6, 0.7].map((score, id) =>
    createCallLog({
      id,
      timestamp: '2025-01-20T00:00:00Z',
      metrics: [{ id: 310, name: 'Latency', type: 'numeric', score }],
    }),
  )
  const answer = await setUp({}, scored).get(`/api/summary?${window}`)
  expect(answer.status).toBe(200)
  const { metrics } = (await answer.json()) as SummaryAnswer
  expect(metrics[0]!.bins.reduce((sum, { count }) => sum + count, 0)).toBe(5)
})
