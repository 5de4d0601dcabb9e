import { metrics } from '../../data/catalog.ts'
import { parseDuration } from '../../data/duration.ts'
import { expect, test } from 'vitest'
import { startCalls, turns } from './calls.test-helper.ts'

test('a sent call is listed at once, and evaluated when the clock reaches its evaluation', async () => {
  const { sent, list, detail, advance } = startCalls()
  const call = await sent({ metadata: { campaign: 'spring' } })
  expect(call).toMatchObject({ status: 'evaluating', success: null, metrics: [] })
  expect((await list()).results[0]).toEqual(call)
  await advance(29_999)
  expect(await detail(call.id)).toMatchObject({ status: 'evaluating', evaluation: { metrics: [] } })
  await advance(1)
  const done = await detail(call.id)
  expect(done).toMatchObject({ status: 'success', success: true, duration: '00:09' })
  expect(done.evaluation!.metrics.map(({ id }) => id)).toEqual(metrics.map(({ id }) => id))
  expect(done).toMatchObject({ metadata: { campaign: 'spring' }, topic: 'order_status' })
  expect(Date.parse(done.updated_at!)).toBe(Date.parse(call.created_at!) + 30_000)
})

test('evaluationMs and realTime let a demo wait', async () => {
  const { sent, detail } = startCalls({ evaluationMs: 0, realTime: true })
  const { id } = await sent()
  expect((await detail(id)).status).toBe('success')
})

test('the transcript of a sent call is returned as text and as entries', async () => {
  const { evaluated } = startCalls()
  const call = await evaluated()
  expect(call.transcript).toBe(
    '[00:00] Main Agent: How can I help?\n[00:03] Testing Agent: Where is my order?',
  )
  expect(call.transcript_object).toMatchObject(turns)
})

test('a call agrees with its row of the list', async () => {
  const { list, detail } = startCalls()
  for (const { metrics: results = [], ...row } of (await list()).results) {
    const call = await detail(row.id)
    expect(call).toMatchObject(row)
    expect(call.evaluation!.metrics).toMatchObject(results)
  }
})

test('transcripts agree with duration, topic and drop-off point', async () => {
  const { list, detail } = startCalls()
  const words = {
    menu: 'choose',
    identity_check: 'number',
    hold: 'hold',
    payment_confirmation: 'payment',
  }
  for (const { id } of (await list({ page_size: '40' })).results) {
    const {
      duration,
      transcript_object: entries = [],
      transcript,
      dropoff_point,
    } = await detail(id)
    const seconds = parseDuration(duration)
    expect(entries.length > 0).toBe(seconds > 0)
    expect(entries.at(-1)?.end_time ?? 0).toBeCloseTo(seconds, 0)
    const times = entries.map(({ start_time }) => start_time!)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    if (dropoff_point && seconds > 0)
      expect(transcript).toContain(words[dropoff_point as keyof typeof words])
  }
})

test('an inserted call is returned whatever its fields hold', async () => {
  const { control, get } = startCalls()
  const fields = { topic: 'constructor', dropoff_point: '__proto__', call_ended_reason: 'toString' }
  const strange = [
    fields,
    { duration: '99999999:59' },
    { duration: 90, topic: 5, dropoff_point: [] },
    { metrics: [null, 'x'] },
  ]
  for (const [n, each] of strange.entries()) {
    const call = { id: n + 1, agent: 2142, timestamp: '2025-01-15T00:00:00Z', duration: '01:00' }
    await control('/insert', [{ ...call, ...each }])
    expect((await get(n + 1)).status).toBe(200)
  }
})

test('an ignored property of an update is not stored', async () => {
  const { evaluated, updated } = startCalls({ assumptions: { unknownField: 'ignored' } })
  const { id, agent } = await evaluated()
  const call = await updated(id, { id: 5, agent: 9, unknown: 1, feedback: 'Checked.' })
  expect(call).toMatchObject({ id, agent, feedback: 'Checked.' })
  expect(call).not.toHaveProperty('unknown')
})

test('an update merges data, replaces the rest, and changes the list too', async () => {
  const { evaluated, updated, list } = startCalls()
  const { id } = await evaluated({ metadata: { region: 'US', tries: 1 } })
  const call = await updated(id, {
    metadata: { tries: 2, crm: 'renewed' },
    duration: 1.5,
    feedback: 'Good.',
    status: 'reviewed_failure',
    transcript_json: [{ role: 'Main Agent', content: 'Hello.' }],
  })
  expect(call).toMatchObject({
    metadata: { region: 'US', tries: 2, crm: 'renewed' },
    duration: '01:30',
    transcript: '[00:00] Main Agent: Hello.',
  })
  expect((await list()).results.find((row) => row.id === id)).toMatchObject({
    duration: '01:30',
    feedback: 'Good.',
    status: 'reviewed_failure',
    success: false,
    is_reviewed: true,
  })
})

test('an update of a call that is being evaluated does not stop the evaluation or start another', async () => {
  const { sent, updated, detail, advance } = startCalls()
  const { id } = await sent()
  await advance(20_000)
  expect((await updated(id, { feedback: 'x', reevaluate_metrics: true })).status).toBe('evaluating')
  await advance(10_000)
  expect(await detail(id)).toMatchObject({ status: 'success', feedback: 'x' })
})

test('a re-evaluation ends with a later update, and a reviewed call keeps its outcome meanwhile', async () => {
  const { evaluated, updated, detail, advance } = startCalls()
  const { id, updated_at } = await evaluated()
  expect(await updated(id, { reevaluate_metrics: true })).toMatchObject({ success: null })
  await advance(30_000)
  const again = await detail(id)
  expect(again.status).toBe('success')
  expect(again.updated_at! > updated_at!).toBe(true)
  const reviewed = { status: 'reviewed_success', reevaluate_metrics: true }
  expect(await updated(id, reviewed)).toMatchObject({ status: 'reviewed_success', success: true })
})

test.each([
  ['no call_id', { call_id: undefined }, 'call_id'],
  ['an empty call_id', { call_id: '' }, 'call_id'],
  ['no agent', { agent: undefined }, 'non_field_errors'],
  ['both ids', { assistant_id: 'asst_1234567890' }, 'non_field_errors'],
  ['an unknown agent', { agent: 9 }, 'agent'],
  ['an unknown assistant', { agent: undefined, assistant_id: 'x' }, 'assistant_id'],
  ['a text as agent', { agent: 'x' }, 'agent'],
  ['a wrong role', { transcript_json: [{ role: 'user' }] }, 'transcript_json'],
  ['an unknown format', { transcript_type: 'custom' }, 'transcript_type'],
])('sending a call with %s returns 400 with the field', async (_, body, field) => {
  const { send, json, list } = startCalls()
  const { count } = await list()
  const response = await send(body)
  expect([response.status, Object.keys(await json<object>(response))]).toEqual([400, [field]])
  expect((await list()).count).toBe(count)
})

test.each([
  ['nothing', {}, 'non_field_errors'],
  ['a negative duration', { duration: -1 }, 'duration'],
  ['evaluating as status', { status: 'evaluating' }, 'status'],
  ['an array', [], 'non_field_errors'],
  ['no body', undefined, 'non_field_errors'],
])('an update with %s returns 400 with the field', async (_, body, field) => {
  const { list, update, json } = startCalls()
  const response = await update((await list()).results[0]!.id, body)
  expect([response.status, Object.keys(await json<object>(response))]).toEqual([400, [field]])
})

test('an unknown call returns 404, whatever its id looks like', async () => {
  const { get, update, json } = startCalls()
  for (const id of [1, 'abc', '1/2', '%'])
    expect(await json(get(id))).toEqual({ detail: 'No CallLog matches the given query.' })
  expect((await update(1, { feedback: 'x' })).status).toBe(404)
})

test.each<[query: Record<string, string>, ids: number[]]>([
  [{}, [2142, 2143]],
  [{ q: 'order' }, [2142]],
  [{ q: '2143' }, [2143]],
  [{ project_id: '78' }, []],
  [{ page: '2', page_size: '1' }, [2143]],
])('agents with %j', async (query, ids) => {
  const { request, json } = startCalls()
  const { results } = await json<{ results: { id: number }[] }>(request('agents.list', { query }))
  expect(results.map(({ id }) => id)).toEqual(ids)
})

test.each<[query: Record<string, string>, ids: number[]]>([
  [{ agent_id: '2142' }, [310, 311, 312, 320]],
  [{ agent_id: '9' }, []],
  [{ agent_id: '9', project_id: '77' }, [310, 311, 312]],
  [{ slug: 'sentiment' }, [312]],
  [{ agents: '9,2143' }, [310, 311, 312, 320]],
  [{ assistant_id: 'x' }, []],
])('metrics with %j', async (query, ids) => {
  const { request, json } = startCalls()
  const found = await json<{ id: number }[]>(request('metrics.list', { query }))
  expect(found.map(({ id }) => id)).toEqual(ids)
})

test('a page of agents that does not exist, and a malformed project, are rejected', async () => {
  const { request } = startCalls()
  const status = async (query: Record<string, string>) =>
    (await request('agents.list', { query })).status
  expect([await status({ page: '9' }), await status({ project_id: 'x' })]).toEqual([404, 400])
})
