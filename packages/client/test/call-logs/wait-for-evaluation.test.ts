import { createClient, type CallLogDetail, type WaitOptions } from '@cekura-kit/client'
import { expect, onTestFinished, test } from 'vitest'
import { waitForEvaluationWith } from '../../src/call-logs/wait-for-evaluation.ts'
import { catchCekuraError } from '../support/catch-error.ts'
import { startRecordingServer, type Reply } from '../support/recording-server.ts'
import { createVirtualRuntime } from '../support/virtual-runtime.ts'

const evaluating = {
  id: 481530,
  call_id: 'call_9c4d1e7a',
  timestamp: '2025-01-16T09:12:40Z',
  status: 'evaluating',
  success: null,
  updated_at: '2025-01-16T09:13:30Z',
  customer_number: '+15550100011',
  transcript: '[00:00] Main Agent: Hello.',
  evaluation: { metrics: [] },
} satisfies CallLogDetail

const resultOf = (id: number, score: number | null = 5) => ({
  id,
  name: `Metric ${id}`,
  type: 'binary',
  score,
})

const evaluated = {
  ...evaluating,
  status: 'success',
  success: true,
  updated_at: '2025-01-16T09:14:10Z',
  evaluation: { metrics: [resultOf(310), resultOf(320, null)] },
} satisfies CallLogDetail

const json = (body: object, status = 200): Reply => ({ status, body: JSON.stringify(body) })
const notFound = json({ detail: 'No CallLog matches the given query.' }, 404)

/** Waits for a call on a real server that sends the replies in turn; the clock is virtual. */
async function waitOn(replies: Reply[], options: WaitOptions = {}) {
  const server = await startRecordingServer(...replies)
  onTestFinished(() => server[Symbol.asyncDispose]())
  const client = createClient({ apiKey: 'k', baseUrl: server.url, maxRetries: 0 })
  const { runtime, waits } = createVirtualRuntime()
  const result = waitForEvaluationWith(client, 481530, options, runtime)
  return { result, waits, server }
}

test('returns the call log as soon as it has an outcome', async () => {
  const { result, waits, server } = await waitOn([json(evaluating), json(evaluated)])
  expect(await result).toEqual(evaluated)
  expect(waits).toEqual([5000, 7500])
  expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(
    Array(2).fill('GET /observability/v1/call-logs/481530/'),
  )
})

test('polls after 5 s, then more and more slowly up to every 15 s', async () => {
  const { result, waits } = await waitOn([...Array(6).fill(json(evaluating)), json(evaluated)])
  await result
  expect(waits).toEqual([5000, 7500, 11_250, 15_000, 15_000, 15_000, 15_000])
})

test('the first poll can be earlier, and the others are as usual', async () => {
  const replies = [json(evaluating), json(evaluating), json(evaluated)]
  const { result, waits } = await waitOn(replies, { firstDelayMs: 0 })
  await result
  expect(waits).toEqual([0, 5000, 7500])
})

test('takes up to a fifth from each delay at random', async () => {
  const { runtime, waits } = createVirtualRuntime()
  const client = { callLogs: { get: async () => evaluated } } as never
  await waitForEvaluationWith(client, 1, {}, { ...runtime, random: () => 0.5 })
  expect(waits).toEqual([4500])
})

test.each(['success', 'failure', 'reviewed_success', 'reviewed_failure'])(
  'takes the status %s as an outcome',
  async (status) => {
    const { result } = await waitOn([json({ ...evaluated, status })])
    expect((await result).status).toBe(status)
  },
)

test('keeps polling for a status that it does not know, and reports it at the deadline', async () => {
  const { result } = await waitOn([json({ ...evaluated, status: 'queued' })])
  expect(await catchCekuraError(result)).toMatchObject({
    reason: 'evaluation_timeout',
    details: { status: 'queued', missingMetrics: [] },
  })
})

test('waits until each wanted metric has a result, also an empty one', async () => {
  const early = { ...evaluated, evaluation: { metrics: [resultOf(310)] } }
  const { result, waits } = await waitOn([json(early), json(evaluated)], { metrics: [310, 320] })
  expect((await result).evaluation?.metrics).toHaveLength(2)
  expect(waits).toHaveLength(2)
})

test('reports the last state and the missing metrics at the deadline, without personal data', async () => {
  const { result, waits } = await waitOn([json(evaluated)], {
    metrics: [310, 999],
    timeoutMs: 20_000,
  })
  const error = await catchCekuraError(result)
  expect(error).toMatchObject({
    code: 'timeout',
    reason: 'evaluation_timeout',
    details: { id: 481530, limit: 20_000, status: 'success', missingMetrics: [999] },
  })
  expect(error.message).toBe(
    'Call log 481530 is not evaluated within 20000 ms: its status is "success", without results of the metrics 999. Raise timeoutMs, or get the call log later.',
  )
  expect(error.body).toEqual(evaluated)
  expect(JSON.stringify(error)).not.toMatch(/15550100011|Main Agent/)
  // The last request is at the deadline.
  expect(waits).toEqual([5000, 7500, 7500])
})

test('the deadline is 180 s by default', async () => {
  const { result, waits } = await waitOn([json(evaluating)])
  expect(await catchCekuraError(result)).toMatchObject({ details: { limit: 180_000 } })
  expect(waits.reduce((sum, ms) => sum + ms)).toBe(180_000)
})

test('a call that was just sent may be unknown for 10 s', async () => {
  const { result, waits } = await waitOn([notFound, json(evaluated)])
  expect(await result).toEqual(evaluated)
  expect(waits).toHaveLength(2)
})

test.each<{ name: string; replies: Reply[]; options: WaitOptions; polls: number }>([
  { name: 'is still unknown after 10 s', replies: [notFound], options: {}, polls: 2 },
  { name: 'was seen before', replies: [json(evaluating), notFound], options: {}, polls: 2 },
  { name: 'existed before', replies: [notFound], options: { before: evaluated }, polls: 1 },
])('a call that $name is not found', async ({ replies, options, polls }) => {
  const { result, waits } = await waitOn(replies, options)
  expect(await catchCekuraError(result)).toMatchObject({ code: 'not_found', status: 404 })
  expect(waits).toHaveLength(polls)
})

test('a Retry-After that is longer than the delay is followed', async () => {
  const limited = { ...json({ detail: 'Slow down.' }, 429), headers: { 'retry-after': '40' } }
  const { result, waits } = await waitOn([limited, json(evaluated)])
  await result
  expect(waits).toEqual([5000, 40_000])
})

test('any other error ends the wait', async () => {
  const { result } = await waitOn([json({ detail: 'No.' }, 403)])
  expect(await catchCekuraError(result)).toMatchObject({ code: 'permission' })
})

const later = { ...evaluated, updated_at: '2025-01-16T10:00:00Z' }
const otherResult = {
  ...evaluated,
  evaluation: { metrics: [resultOf(310, 0), resultOf(320, null)] },
}

test.each<{ name: string; seen: CallLogDetail[] }>([
  { name: 'is evaluating in between', seen: [evaluated, evaluating, evaluated] },
  { name: 'loses its outcome in between', seen: [evaluated, { ...evaluated, success: null }] },
  { name: 'has a later updated_at', seen: [evaluated, later] },
  { name: 'has other results', seen: [evaluated, otherResult] },
])('a call evaluated before is done when it $name', async ({ seen }) => {
  const { result, waits } = await waitOn(
    seen.map((call) => json(call)),
    { before: evaluated },
  )
  expect(await result).toEqual(seen.at(-1))
  expect(waits).toHaveLength(seen.length)
})

test('results are compared with those of a list, which have no explanation', async () => {
  const { evaluation, ...call } = evaluated
  const before = { ...call, metrics: evaluation.metrics.toReversed() }
  const explained = evaluation.metrics.map((metric) => ({ ...metric, explanation: ['Because.'] }))
  const same = json({ ...evaluated, evaluation: { metrics: explained } })
  const { result } = await waitOn([same], { before })
  expect(await catchCekuraError(result)).toMatchObject({ reason: 'evaluation_timeout' })
})

test('a call that was evaluating before is done with its first outcome', async () => {
  const { result, waits } = await waitOn([json(evaluated)], { before: evaluating })
  expect(await result).toEqual(evaluated)
  expect(waits).toHaveLength(1)
})

test('a signal ends the wait without another request', async () => {
  const { result, server } = await waitOn([json(evaluating)], {
    signal: AbortSignal.abort('enough'),
  })
  expect(await catchCekuraError(result)).toMatchObject({ code: 'aborted', cause: 'enough' })
  expect(server.requests).toEqual([])
})

test.each<[name: string, id: number, options: object, message: string]>([
  ['id', 1.5, {}, 'Invalid id: expected an integer, got 1.5.'],
  ['metrics', 1, { metrics: ['320'] }, 'Invalid metrics: expected an array of metric ids.'],
  [
    'timeoutMs',
    1,
    { timeoutMs: 0 },
    'Invalid timeoutMs: expected an integer from 1 to 2147483647.',
  ],
  ['before', 1, { before: 481530 }, 'Invalid before: expected a call log.'],
  ['name', 1, { timeout_ms: 5 }, 'Unknown option "timeout_ms". Did you mean "timeoutMs"?'],
])('an invalid %s is rejected before anything is sent', async (_, id, options, message) => {
  const { runtime, waits } = createVirtualRuntime()
  const client = createClient({ apiKey: 'k' })
  const error = await catchCekuraError(waitForEvaluationWith(client, id, options, runtime))
  expect([error.code, error.message, waits]).toEqual(['usage', message, []])
})
