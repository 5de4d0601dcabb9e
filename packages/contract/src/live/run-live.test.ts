// A sandbox plays the service.
import { startMock, type Mock } from '@cekura-kit/mock'
import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { runLive } from './run-live.ts'

const document = bundled as unknown as SpecDocument
const nowMs = Date.parse('2025-02-01T00:00:00Z')
const run = (mock: Mock, known?: Awaited<ReturnType<typeof runLive>>['shapes']) =>
  runLive(document, { url: mock.url, key: 'secret-key', agentId: '2142' }, { known, nowMs })

test('the same service again has no new shapes; one that does otherwise has', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 150 })
  const first = await run(mock)
  expect(first.findings).toBeUndefined()
  expect(first.outcomes.filter(({ result }) => result === 'failed')).toEqual([])
  expect(Object.keys(first.shapes)).toEqual([
    'callLogs.list 200 application/json',
    'callLogs.list 400 application/json',
    'callLogs.list 401 application/json',
    'callLogs.list 404 application/json',
  ])
  expect(first.shapes['callLogs.list 200 application/json']!['.results[].status']).toEqual({
    types: ['string'],
    words: ['failure', 'reviewed_failure', 'reviewed_success', 'success'],
    always: true,
  })
  expect((await run(mock, first.shapes)).findings).toEqual([])

  const body = JSON.stringify({
    id: 0,
    status: 'escalated',
    trace_id: 'x',
    topic: null,
  })
  const list = await fetch(`${mock.url}/observability/v1/call-logs/?agent_id=2142`, {
    headers: { 'x-cekura-api-key': 'k' },
  })
  const { results } = (await list.json()) as { results: { id: number }[] }
  await fetch(`${mock.controlUrl}/update`, {
    method: 'POST',
    body: body.replace('"id":0', `"id":${results[0]!.id}`),
  })
  const changed = await run(mock, first.shapes)
  expect(changed.findings).toEqual([
    'callLogs.list 200 application/json .results[].status says escalated',
    'callLogs.list 200 application/json .results[].topic is null, was string',
    'callLogs.list 200 application/json .results[].trace_id is new: string',
  ])
  expect((await run(mock, changed.shapes)).findings).toEqual([])
})

test('a refusal with a status that never came is a new shape', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 30 })
  const { shapes } = await run(mock)
  await mock.reset({ guesses: { missingKey: 403 } })
  const { findings } = await run(mock, shapes)
  expect(findings).toEqual(['callLogs.list 403 application/json was never answered before'])
})

test('shapes and answers hold no value of a call, and no key', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 80 })
  const { shapes, interview } = await run(mock)
  const text = JSON.stringify({ shapes, interview })
  const list = await fetch(`${mock.url}/observability/v1/call-logs/?agent_id=2142&page_size=100`, {
    headers: { 'x-cekura-api-key': 'k' },
  })
  const { results } = (await list.json()) as { results: Record<string, unknown>[] }
  const personal = results.flatMap(({ customer_number, feedback, call_id, topic, dropoff_point }) =>
    [customer_number, feedback, call_id, topic, dropoff_point].filter(Boolean),
  )
  expect(personal.length).toBeGreaterThan(100)
  expect(personal.filter((value) => text.includes(String(value)))).toEqual([])
  expect(text).not.toContain('secret-key')
})
