import { createClient } from '@cekura-kit/client'
import { createOtelHooks } from '@cekura-kit/client/otel'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'

function createTraced(failures: Record<number, number | Error>, maxRetries = 1) {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const { fetch } = createMockFetch({ calls: [createCallLog()], failures })
  const hooks = createOtelHooks({ tracer: provider.getTracer('test') })
  const client = createClient({ apiKey: 'canary-key', fetch, hooks, maxRetries })
  return { exporter, list: () => client.callLogs.list({ agent_id: 2142 }) }
}

test('an attempt is one client span with method, path template and status', async () => {
  const { exporter, list } = createTraced({})
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

test('a repeated attempt counts its resends, the failed one says why', async () => {
  const { exporter, list } = createTraced({ 1: 503 })
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

test('an attempt without an answer ends its span with the code of the error', async () => {
  const { exporter, list } = createTraced({ 1: new TypeError('fetch failed') }, 0)
  await expect(list()).rejects.toThrow('cannot be reached')
  expect(exporter.getFinishedSpans().map(({ attributes }) => attributes['error.type'])).toEqual([
    'connection',
  ])
})

test('calls at the same time have spans of their own', async () => {
  const { exporter, list } = createTraced({ 2: 404 })
  await Promise.allSettled([list(), list(), list()])
  expect(
    exporter.getFinishedSpans().map(({ attributes }) => attributes['http.response.status_code']),
  ).toEqual([200, 404, 200])
})

test('neither the key nor the query is in a span', async () => {
  const { exporter, list } = createTraced({ 1: 500 })
  await list()
  const told = JSON.stringify(
    exporter.getFinishedSpans().map(({ name, attributes, events, status }) => ({
      name,
      attributes,
      events,
      status,
    })),
  )
  expect(told).not.toMatch(/canary-key|2142/)
})
