import { createOtelHooks, type OtelTracer } from '@cekura-kit/client/otel'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import { createClientWith } from '../src/create-client.ts'
import { fixedRuntime } from './support/fixed-runtime.ts'

function createProvider() {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  return { exporter, provider }
}

function createTracedClient(failures: Record<number, number | Error>, maxRetries = 1) {
  const { exporter, provider } = createProvider()
  const { fetch } = createMockFetch({ calls: [createCallLog()], failures })
  const hooks = createOtelHooks({ tracer: provider.getTracer('test') })
  const client = createClientWith({ apiKey: 'canary-key', fetch, hooks, maxRetries }, fixedRuntime)
  return { exporter, list: () => client.callLogs.list({ agent_id: 2142 }) }
}

test('an attempt is one client span with method, path template and status', async () => {
  const { exporter, list } = createTracedClient({})
  await list()
  const [span, ...others] = exporter.getFinishedSpans()
  expect(others).toEqual([])
  expect(span).toMatchObject({
    name: 'GET /observability/v1/call-logs/',
    kind: SpanKind.CLIENT,
    status: { code: SpanStatusCode.UNSET },
    attributes: {
      'http.request.method': 'GET',
      'url.template': '/observability/v1/call-logs/',
      'http.response.status_code': 200,
    },
  })
})

test('a retry has its resend count, and the failed attempt its error type', async () => {
  const { exporter, list } = createTracedClient({ 1: 503 })
  await list()
  expect(
    exporter
      .getFinishedSpans()
      .map(({ attributes, status }) => [
        attributes['error.type'],
        attributes['http.request.resend_count'],
        status.code,
      ]),
  ).toEqual([
    ['503', undefined, SpanStatusCode.ERROR],
    [undefined, 1, SpanStatusCode.UNSET],
  ])
})

test('an attempt without a response ends its span with the code of the error', async () => {
  const { exporter, list } = createTracedClient({ 1: new TypeError('fetch failed') }, 0)
  await expect(list()).rejects.toMatchObject({ code: 'connection' })
  expect(
    exporter
      .getFinishedSpans()
      .map(({ attributes, status }) => [attributes['error.type'], status.code]),
  ).toEqual([['connection', SpanStatusCode.ERROR]])
})

/** A tracer whose spans record what is done to them. */
function createRecordingTracer() {
  const events: string[] = []
  const span = {
    setAttribute: (name: string, value: unknown) => (events.push(`${name}=${String(value)}`), span),
    setStatus: () => span,
    end: () => void events.push('end'),
  }
  const tracer: OtelTracer = { startSpan: () => (events.push('start'), span) }
  return { events, hooks: createOtelHooks({ tracer }) }
}

test('a span that has ended does not change when its call fails', async () => {
  const { events, hooks } = createRecordingTracer()
  const { fetch } = createMockFetch({ failures: { 1: 404, 2: new TypeError('fetch failed') } })
  let keys = 0
  const apiKey = () => {
    if (++keys === 3) throw new Error('vault is sealed')
    return 'k'
  }
  const { callLogs } = createClientWith({ apiKey, fetch, hooks }, fixedRuntime)
  await expect(callLogs.list({ agent_id: 1 })).rejects.toMatchObject({ code: 'not_found' })
  expect(events.splice(0)).toEqual([
    'start',
    'http.response.status_code=404',
    'error.type=404',
    'end',
  ])
  await expect(callLogs.list({ agent_id: 1 })).rejects.toMatchObject({ code: 'authentication' })
  expect(events).toEqual(['start', 'error.type=connection', 'end'])
})

test('a status from 300 upward is an error', async () => {
  const { events, hooks } = createRecordingTracer()
  for (const status of [299, 300]) {
    const info = { method: 'GET', path: '/', call: 1, attempts: 1, durationMs: 0, status }
    hooks.onRequest!(info)
    hooks.onResponse!({ ...info, requestId: undefined })
  }
  expect(events.filter((event) => event.startsWith('error.type'))).toEqual(['error.type=300'])
})

test('hooks ignore an attempt whose start they missed', () => {
  const { events, hooks } = createRecordingTracer()
  const info = { method: 'GET', path: '/', call: 9, attempts: 1, status: 500 }
  hooks.onResponse!({ ...info, durationMs: 0, requestId: undefined })
  hooks.onRetry!({ ...info, code: 'server', delayMs: 0 })
  hooks.onError!({ ...info, code: 'server' })
  expect(events).toEqual([])
})

test('calls at the same time have separate spans', async () => {
  const { exporter, list } = createTracedClient({ 2: 404 })
  await Promise.allSettled([list(), list(), list()])
  expect(
    exporter.getFinishedSpans().map(({ attributes }) => attributes['http.response.status_code']),
  ).toEqual([200, 404, 200])
})

test('a span contains neither the key nor the query', async () => {
  const { exporter, list } = createTracedClient({ 1: 500 })
  await list()
  const text = JSON.stringify(
    exporter.getFinishedSpans().map(({ name, attributes, events, status }) => ({
      name,
      attributes,
      events,
      status,
    })),
  )
  expect(text).not.toMatch(/canary-key|2142/)
})
