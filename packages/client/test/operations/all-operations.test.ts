// What holds for each operation of the document, whatever it is.
import { inspect } from 'node:util'
import type { CallOptions, CekuraClient, ClientOptions } from '@cekura-kit/client'
import { createOtelHooks } from '@cekura-kit/client/otel'
import {
  operationDescriptors,
  type OperationDescriptor,
  type ParameterDescriptor,
} from '@cekura-kit/types'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import { catchCekuraError, catchError } from '../support/catch-error.ts'
import { fixedRuntime } from '../support/fixed-runtime.ts'
import { createRecordingHooks } from '../support/recording-hooks.ts'
import { startRecordingServer, type Reply } from '../support/recording-server.ts'
import { startScriptedServer, type Step } from '../support/scripted-server.ts'
import { canary, sensitiveExamplesOf } from '../support/sensitive-values.ts'

const operations = Object.entries<OperationDescriptor>(operationDescriptors)
  .filter(([, { rawOnly }]) => !rawOnly)
  .map(([id, descriptor]) => ({ id, descriptor }))
const isRead = ({ method }: OperationDescriptor): boolean => method === 'GET' || method === 'HEAD'

/** A value of each type. */
const values = { string: 'a', integer: 1, number: 1, boolean: true, object: { a: 'a' } }
const valueOf = ({ type = 'string', items = 'string' }: ParameterDescriptor) =>
  type === 'array' ? [values[items as 'string']] : values[type]

/** Calls an operation by its id, with required parameters and the example of its body. */
async function call(
  client: CekuraClient,
  id: string,
  { method, path, parameters }: OperationDescriptor,
  options?: CallOptions,
): Promise<unknown> {
  const required = Object.entries(parameters).filter(([, parameter]) => parameter.required)
  const { body } = sensitiveExamplesOf(method, path)
  const input = {
    ...Object.fromEntries(required.map(([name, one]) => [name, valueOf(one)])),
    ...(body !== undefined && { body }),
  }
  const [group, name] = id.split('.')
  type Methods = Record<string, Record<string, (input: object, options?: CallOptions) => unknown>>
  return await (client as unknown as Methods)[group!]![name!]!(input, options)
}

const page: Step = { json: { count: 0, next: null, previous: null, results: [] } }
const failures: { name: string; step: Step; options?: ClientOptions }[] = [
  { name: 'a 503', step: { status: 503, json: {} } },
  {
    name: 'a 500 with Retry-After',
    step: { status: 500, json: {}, headers: { 'retry-after': '1' } },
  },
  { name: 'a broken connection', step: { fault: 'reset' } },
  { name: 'a broken response', step: { fault: 'truncate' } },
  { name: 'a timeout', step: { fault: 'stall' }, options: { timeout: 30 } },
]

/** How often a request arrives when the first one fails. */
async function countRequests(
  id: string,
  descriptor: OperationDescriptor,
  { step, options }: (typeof failures)[number],
  callOptions?: CallOptions,
): Promise<number> {
  await using server = await startScriptedServer([step, page])
  const client = createClientWith({ apiKey: 'k', baseUrl: server.url, ...options }, fixedRuntime)
  await catchError(call(client, id, descriptor, callOptions))
  return server.requests.length
}

test.each(operations)(
  '$id is sent again after a 429 with Retry-After',
  async ({ id, descriptor }) => {
    const step = { status: 429, json: {}, headers: { 'retry-after': '1' } }
    expect(await countRequests(id, descriptor, { name: '', step })).toBe(2)
  },
)

const cells = operations.flatMap(({ id, descriptor }) =>
  failures.map((failure) => ({ id, descriptor, failure, name: failure.name })),
)

test.each(cells)(
  '$id after $name is sent again only if it reads',
  async ({ id, descriptor, failure }) => {
    expect(await countRequests(id, descriptor, failure)).toBe(isRead(descriptor) ? 2 : 1)
  },
)

test.each(failures)(
  'after $name the caller can declare an update safe to send again',
  async (failure) => {
    const descriptor = operationDescriptors['callLogs.update']
    const options = { idempotent: true }
    expect(await countRequests('callLogs.update', descriptor, failure, options)).toBe(2)
  },
)

/** Everything that a log prints of a value. */
const print = (value: unknown): string => inspect(value, { depth: 12 }) + JSON.stringify(value)

const outcomes: { name: string; reply: (example: unknown) => Reply }[] = [
  {
    name: 'a 400 that repeats the request',
    reply: (example) => ({
      status: 400,
      body: JSON.stringify({
        transcript_json: [{ role: [canary] }],
        metadata: { region: [canary] },
        customer_number: [canary, JSON.stringify(example)],
      }),
    }),
  },
  { name: 'a 500 with a page', reply: () => ({ status: 500, body: `<html>${canary}</html>` }) },
  {
    name: 'a success that is not JSON',
    reply: (example) => ({ body: JSON.stringify(example).slice(0, -1) }),
  },
  { name: 'a success', reply: (example) => ({ body: JSON.stringify(example) }) },
]
const sensitiveCells = operations.flatMap(({ id, descriptor }) =>
  outcomes.map(({ name, reply }) => ({ id, descriptor, name, reply })),
)

test.each(sensitiveCells)(
  '$id: errors, hooks and spans of $name have no sensitive value',
  async ({ id, descriptor, reply }) => {
    const { response } = sensitiveExamplesOf(descriptor.method, descriptor.path)
    await using server = await startRecordingServer(reply(response))
    const exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    })
    const { hooks, events } = createRecordingHooks()
    const spans = createOtelHooks({ tracer: provider.getTracer('test') })
    const both = Object.fromEntries(
      (['onRequest', 'onResponse', 'onRetry', 'onError'] as const).map((name) => [
        name,
        (info: never) => [hooks[name]?.(info), spans[name]?.(info)],
      ]),
    )
    const client = createClientWith(
      { apiKey: 'k', baseUrl: server.url, maxRetries: 0, hooks: both },
      fixedRuntime,
    )
    const error = await catchError(call(client, id, descriptor))
    // The request itself has them, so the test can fail.
    const { body } = sensitiveExamplesOf(descriptor.method, descriptor.path)
    if (JSON.stringify(body)?.includes(canary))
      expect(server.requests[0]!.body.toString()).toContain(canary)
    expect(events.length).toBeGreaterThan(0)
    const finished = exporter
      .getFinishedSpans()
      .map(({ name, attributes, events: logged, status }) => ({ name, attributes, logged, status }))
    expect(finished).toHaveLength(1)
    for (const value of [error, events, finished]) expect(print(value)).not.toContain(canary)
  },
)

test('a 400 names fields only', async () => {
  await using server = await startRecordingServer({
    status: 400,
    body: JSON.stringify({
      customer_number: [`${canary} is not a phone number.`],
      transcript_json: [{}, { role: [`"${canary}" is not a role.`] }],
      non_field_errors: [canary],
    }),
  })
  const client = createClientWith({ apiKey: 'k', baseUrl: server.url }, fixedRuntime)
  const error = await catchCekuraError(
    client.callLogs.send({ body: { agent: 2142, call_id: 'c', customer_number: canary } }),
  )
  expect(error.message).toBe('400 Bad Request: check customer_number, transcript_json[1].role')
  expect(error.details).toEqual({
    status: 400,
    fields: ['customer_number', 'transcript_json[1].role'],
  })
})
