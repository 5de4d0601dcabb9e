import type { ClientOptions } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { createApp, type AppOptions } from './create-app.ts'
import { pageHeader } from '../shared/dashboard-api.ts'
import type { RangeState, RowsResponse, Summary } from '../shared/dashboard-api.ts'

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

const agentPage = {
  next: null,
  previous: null,
  results: [
    { id: 2, name: 'Support', description: 'Confidential.' },
    { id: 1, name: 'Billing', description: 'Confidential.' },
  ],
}

function setUp(options: Partial<AppOptions> = {}, given = calls) {
  const { fetch, requests } = createMockFetch({ calls: given, pageSize: 10 })
  const api: ClientOptions = {
    apiKey: key,
    baseUrl: 'https://upstream.test',
    async fetch(url, init) {
      const { pathname } = new URL(url)
      if (pathname.includes('aiagents')) return Response.json(agentPage)
      const [, id] = /call-logs\/(\d+)\/$/.exec(pathname) ?? []
      if (id === undefined) return fetch(url, init)
      requests.push({ id })
      const call = given.find((one) => one.id === Number(id))
      return call ? Response.json(call) : Response.json({ detail: 'Not found.' }, { status: 404 })
    },
    maxRetries: 0,
  }
  const { app } = createApp({ api, source: 'test', now: () => now, ...options })
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.request(path, { headers: { host: '127.0.0.1:1', ...pageHeader, ...headers } })
  return { get, requests }
}

test('a hundred users of one range cause one load', async () => {
  const { get, requests } = setUp()
  const answers = await Promise.all(Array.from({ length: 100 }, () => get(`/api/rows?${window}`)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  // One for the newest calls, one for all.
  expect(requests.length).toBe(2)
})

test('rows are filtered, sorted and cut, and counted', async () => {
  const { get } = setUp()
  const answer = await get(`/api/rows?${window}&outcome=success&sort=-duration&limit=2`)
  const { total, rows } = (await answer.json()) as RowsResponse
  expect(total).toBe(10)
  expect(rows.map(({ seconds }) => seconds)).toEqual([570, 510])
})

test('calls without an evaluation are in neither count', async () => {
  const answer = await setUp().get(`/api/summary?${window}`)
  const { now: period } = (await answer.json()) as Summary
  expect(period).toMatchObject({ calls: 30, succeeded: 10, failed: 10, not_evaluated: 10 })
})

test.each(['', '&outcome=success', '&reason=!customer-ended-call', '&q=hyperlink'])(
  'outcomes add up to the calls, with the filter "%s"',
  async (filter) => {
    const answer = await setUp().get(`/api/summary?${window}${filter}`)
    const { facets, now: period } = (await answer.json()) as Summary
    const isOwn = filter.includes('outcome')
    const sum = facets
      .outcome!.values.filter(({ value }) => !isOwn || value === 'success')
      .reduce((total, { count }) => total + count, 0)
    expect(sum).toBe(period.calls)
  },
)

test('a facet counts as if it had no choice of its own', async () => {
  const answer = await setUp().get(`/api/summary?${window}&outcome=success`)
  const { facets } = (await answer.json()) as Summary
  expect(facets.outcome).toEqual({
    values: [
      { value: 'failure', count: 10 },
      { value: 'not_evaluated', count: 10 },
      { value: 'success', count: 10 },
    ],
    distinct: 3,
  })
})

test.each(['/api/rows', '/api/summary', '/api/range'])(
  '%s rejects an unknown parameter',
  async (path) => {
    const answer = await setUp().get(`${path}?${window}&url=http://169.254.169.254`)
    expect(answer.status).toBe(400)
  },
)

test('rejects another host before anything is loaded', async () => {
  const { get, requests } = setUp()
  const answer = await get(`/api/rows?${window}`, { host: 'evil.test' })
  expect(answer.status).toBe(421)
  expect(requests).toEqual([])
})

test.each(['cross-site', 'same-site'])('rejects a %s request', async (site) => {
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
  for (const path of [`/api/rows?${window}`, '/api/call?agent_id=2142&id=1'])
    expect(await ask(path, 'document'), path).toBe(403)
  expect(requests).toEqual([])
})

test('a customer number is masked in all responses and never searched', async () => {
  const { get } = setUp()
  for (const path of [`/api/rows?${window}`, '/api/call?agent_id=2142&id=1'])
    expect(await (await get(path)).text()).not.toContain('+1555010')
  const found = (await (await get(`/api/rows?${window}&q=1555010`)).json()) as RowsResponse
  expect(found.total).toBe(0)
})

const said = {
  transcript: 'I am Ann.',
  transcript_object: [{ role: 'Main Agent', content: 'Ann?' }],
}
const spoken = Object.assign(
  createCallLog({ id: 1, agent: 2142, customer_number: '+15550101000', feedback: 'Ann was rude.' }),
  said,
  { tomorrow: 'a property that no schema declares' },
)

test('of a call the declared properties are shown, and sensitive ones masked', async () => {
  const { get } = setUp({}, [spoken])
  const response = await get('/api/call?agent_id=2142&id=1')
  const { call } = (await response.json()) as { call: Record<string, unknown> }
  expect(call).toMatchObject({
    id: 1,
    customer_number: '••••00',
    feedback: '[masked]',
    transcript: '[masked]',
    transcript_object: '[masked]',
  })
  expect(call).not.toHaveProperty('tomorrow')
  for (const missing of ['agent_id=2142&id=2', 'agent_id=7&id=1'])
    expect(await (await get(`/api/call?${missing}`)).json()).toEqual({ call: null })
})

test('personal data is revealed one call at a time, unless a setting forbids it', async () => {
  const open = await setUp({}, [spoken]).get('/api/reveal?agent_id=2142&id=1')
  const { customer_number, feedback } = spoken
  expect(await open.json()).toMatchObject({ call: { customer_number, feedback, ...said } })
  const { get, requests } = setUp({ canReveal: false })
  expect((await get('/api/reveal?agent_id=2142&id=1')).status).toBe(403)
  expect(requests).toEqual([])
})

test('agents are listed by name, without their other properties', async () => {
  expect(await (await setUp().get('/api/agents')).json()).toEqual({
    agents: [
      { id: 1, name: 'Billing' },
      { id: 2, name: 'Support' },
    ],
  })
})

test('no response contains the key or can be stored or framed', async () => {
  const answer = await setUp().get(`/api/rows?${window}`)
  expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain(key)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
})

test('a row tolerates nulls, unknown values and a megabyte of text', async () => {
  const hostile = createCallLog({ id: 1, timestamp: new Date(now - 1000).toISOString() })
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
  const { metrics } = (await answer.json()) as Summary
  expect(metrics[0]!.bins.reduce((sum, { count }) => sum + count, 0)).toBe(5)
})

test('data is only for requests with the header of the page', async () => {
  const { get, requests } = setUp()
  const [[name]] = Object.entries(pageHeader) as [[string, string]]
  for (const path of [`/api/rows?${window}`, '/api/settings', `/api/export?${window}`])
    expect((await get(path, { [name]: '' })).status, path).toBe(403)
  expect(requests).toEqual([])
})

test('one call that cannot be processed does not hide the others', async () => {
  const deep = '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)
  const broken = JSON.stringify({ ...calls[3], extra: 0 }).replace('"extra":0', `"extra":${deep}`)
  const results = [...calls.slice(0, 3).map((call) => JSON.stringify(call)), broken]
  const api: ClientOptions = {
    apiKey: key,
    baseUrl: 'https://upstream.test',
    fetch: () =>
      Promise.resolve(
        new Response(`{"count":4,"next":null,"previous":null,"results":[${results.join()}]}`, {
          headers: { 'content-type': 'application/json' },
        }),
      ),
  }
  const { app } = createApp({ api, source: 'test', now: () => now })
  const get = (path: string) =>
    app.request(path, { headers: { host: '127.0.0.1:1', ...pageHeader } })
  const { rows } = (await (await get(`/api/rows?${window}`)).json()) as RowsResponse
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4])
  const state = (await (await get(`/api/range?${window}`)).json()) as RangeState
  expect(state.unreadable).toBe(1)
  const file = await (await get(`/api/export?${window}&format=ndjson&pii=drop`)).text()
  expect(file.trim().split('\n')).toHaveLength(4)
})

test('an excluded value is left out, and only then', async () => {
  const { get } = setUp()
  const total = async (filter: string): Promise<number> =>
    ((await (await get(`/api/rows?${window}&${filter}`)).json()) as RowsResponse).total
  expect(await total('reason=customer-ended-call')).toBe(15)
  expect(await total('reason=!customer-ended-call')).toBe(15)
  expect(await total('outcome=!success|failure')).toBe(10)
})

test('the search finds reasons, drop-off points, and errors and feedback that may be revealed', async () => {
  const found = createCallLog({
    id: 1,
    timestamp: new Date(now - 1000).toISOString(),
    call_ended_reason: 'pipeline-error',
    dropoff_point: 'Asked for an address',
    error_message: 'No speech',
    feedback: 'Too slow',
  })
  for (const [canReveal, q, total] of [
    [true, 'pipeline', 1],
    [true, 'address', 1],
    [true, 'speech', 1],
    [true, 'slow', 1],
    [false, 'slow', 0],
    [false, 'speech', 0],
  ] as const) {
    const response = await setUp({ canReveal }, [found]).get(`/api/rows?${window}&q=${q}`)
    expect(((await response.json()) as RowsResponse).total, q).toBe(total)
  }
})
