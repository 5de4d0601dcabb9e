import { setImmediate } from 'node:timers/promises'
import { operationDescriptors } from '@cekura-kit/types'
import type { AttemptInfo, ClientOptions, Hooks } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import type { Runtime } from '../../src/runtime.ts'
import { withDeadline } from '../../src/transport/deadline.ts'
import { catchError, readAll } from '../support/catch-error.ts'
import { pageOf } from '../support/client-on.ts'
import { createDeferred } from '../support/deferred.ts'
import { fixedRuntime } from '../support/fixed-runtime.ts'

type Info = AttemptInfo & { code?: string; status?: number | undefined; delayMs?: number }
const path = operationDescriptors['callLogs.list'].path

/** Hooks that record what they are called with, as `name code`. */
function createRecordingHooks(after: () => void | Promise<void> = () => {}) {
  const events: [name: keyof Hooks, info: Info][] = []
  const record = (name: keyof Hooks) => (info: Info) => {
    events.push([name, info])
    return after()
  }
  const hooks: Hooks = {
    onRequest: record('onRequest'),
    onResponse: record('onResponse'),
    onRetry: record('onRetry'),
    onError: record('onError'),
  }
  return { hooks, events, names: () => events.map(([name]) => name) }
}

const unavailable = () =>
  new Response('{"detail":"secret words"}', { status: 503, headers: { 'x-request-id': 'r1' } })
const page = pageOf([1], null)

test.each([
  {
    how: 'throw',
    after: () => {
      throw new Error('broken hook')
    },
  },
  { how: 'reject', after: () => Promise.reject(new Error('broken hook')) },
  { how: 'never settle', after: () => new Promise<void>(() => {}) },
  {
    how: 'return a thenable that throws',
    after: () =>
      ({
        then: () => {
          throw new Error('broken')
        },
      }) as never,
  },
])('hooks that $how change nothing', async ({ after }) => {
  const unhandled: unknown[] = []
  const listen = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', listen)
  const replies = [unavailable(), Response.json(page), new Response('', { status: 400 })]
  const { hooks, names } = createRecordingHooks(after)
  const { callLogs } = createClientWith(
    { apiKey: 'canary', hooks, fetch: async () => replies.shift()! },
    fixedRuntime,
  )
  expect(await callLogs.list({ agent_id: 1 })).toEqual(page)
  expect(await catchError(callLogs.list({ agent_id: 1 }))).toMatchObject({ code: 'bad_request' })
  for (let turn = 0; turn < 3; turn++) await setImmediate()
  process.off('unhandledRejection', listen)
  expect(unhandled).toEqual([])
  expect(names()).toEqual([
    'onRequest',
    'onResponse',
    'onRetry',
    'onRequest',
    'onResponse',
    'onRequest',
    'onResponse',
    'onError',
  ])
})

test('hooks get metadata, and no header, body or query', async () => {
  const replies = [unavailable(), Response.json(page)]
  const { hooks, events } = createRecordingHooks()
  const { callLogs } = createClientWith(
    { apiKey: 'canary', hooks, fetch: async () => replies.shift()! },
    fixedRuntime,
  )
  await callLogs.list({ agent_id: 1 })
  expect(events[2]).toEqual([
    'onRetry',
    {
      method: 'GET',
      path,
      call: 1,
      attempts: 1,
      status: 503,
      requestId: 'r1',
      code: 'server',
      delayMs: 250,
    },
  ])
  expect(JSON.stringify(events)).not.toMatch(/canary|secret words|agent_id/)
})

test('durationMs includes the body', async () => {
  let now = 5000
  const durations: number[] = []
  const { callLogs } = createClientWith(
    {
      apiKey: 'k',
      hooks: { onResponse: ({ durationMs }) => void durations.push(durationMs) },
      async fetch() {
        now += 30
        return new Response(
          new ReadableStream({
            pull(controller) {
              now += 12
              controller.enqueue(new TextEncoder().encode(JSON.stringify(page)))
              controller.close()
            },
          }),
        )
      },
    },
    { ...fixedRuntime, now: () => now },
  )
  await callLogs.list({ agent_id: 1 })
  expect(durations).toEqual([42])
})

const schema = (validate: (value: unknown) => unknown) =>
  ({ validate: { '~standard': { version: 1 as const, vendor: 'test', validate } } }) as never

test.each<{
  what: string
  fetch: ClientOptions['fetch']
  code: string
  options?: object
  apiKey?: () => never
  attempts?: number
}>([
  {
    what: 'an error status',
    fetch: async () => new Response('', { status: 404 }),
    code: 'not_found',
  },
  { what: 'a redirect', fetch: async () => new Response('', { status: 302 }), code: 'api' },
  {
    what: 'a connection failure',
    fetch: () => Promise.reject(new TypeError('fetch failed')),
    code: 'connection',
  },
  {
    what: 'a timeout',
    fetch: () => new Promise(() => {}),
    code: 'timeout',
    options: { timeout: 5 },
  },
  { what: 'a web page', fetch: async () => new Response('<html>'), code: 'invalid_response' },
  {
    what: 'something that is not a page',
    fetch: async () => new Response('[]'),
    code: 'invalid_response',
  },
  {
    what: 'a response that is too large',
    fetch: async () => new Response('x'.repeat(2000)),
    code: 'invalid_response',
  },
  {
    what: 'a failed validation',
    fetch: async () => Response.json(page),
    code: 'invalid_response',
    options: schema(() => ({ issues: [{ message: 'no' }] })),
  },
  {
    what: 'a validate that throws',
    fetch: async () => Response.json(page),
    code: 'invalid_response',
    options: schema(() => {
      throw new Error('broken schema')
    }),
  },
  {
    what: 'a validate that rejects',
    fetch: async () => Response.json(page),
    code: 'invalid_response',
    options: schema(() => Promise.reject(new Error('broken schema'))),
  },
  {
    what: 'a key function that throws',
    fetch: async () => Response.json(page),
    code: 'authentication',
    apiKey: () => {
      throw new Error('no vault')
    },
    attempts: 0,
  },
  {
    what: 'a key function that returns null',
    fetch: async () => Response.json(page),
    code: 'usage',
    apiKey: () => null as never,
    attempts: 0,
  },
  {
    what: 'a response without headers',
    fetch: async () => ({ status: 200, text: async () => '{}' }) as never,
    code: 'unexpected',
  },
])(
  '$what calls onError once',
  async ({ fetch, code, options = {}, apiKey = () => 'canary', attempts = 1 }) => {
    const { hooks, events } = createRecordingHooks()
    const settings = { apiKey, fetch, hooks, maxRetries: 0, maxResponseBytes: 1000 }
    const { callLogs } = createClientWith(settings)
    const error = await catchError(callLogs.list({ agent_id: 1 }, options))
    expect(error).toMatchObject({ name: 'CekuraError', code, attempts })
    const failures = events.filter(([name]) => name === 'onError')
    expect(failures).toMatchObject([['onError', { code, call: 1, attempts, method: 'GET', path }]])
    expect(events.at(-1)).toBe(failures[0])
  },
)

test('an abort calls onError once', async () => {
  const { hooks, events } = createRecordingHooks()
  const controller = new AbortController()
  const fetch = () => {
    controller.abort()
    return new Promise<never>(() => {})
  }
  const { callLogs } = createClientWith({ apiKey: 'k', fetch, hooks })
  await catchError(callLogs.list({ agent_id: 1 }, { signal: controller.signal }))
  expect(events.map(([name, { code }]) => [name, code])).toEqual([
    ['onRequest', undefined],
    ['onError', 'aborted'],
  ])
})

test.each([
  { what: 'pagination that does not advance', next: '?page=1' },
  { what: 'pages that repeat', next: '/next' },
])('$what calls onError once', async ({ next }) => {
  const { hooks, events } = createRecordingHooks()
  const { callLogs } = createClientWith({
    apiKey: 'k',
    hooks,
    fetch: async () => Response.json(pageOf([1], next)),
  })
  const error = await catchError(readAll(callLogs.list({ agent_id: 1 })))
  expect(error).toMatchObject({ reason: 'pagination_stuck' })
  expect(events.filter(([name]) => name === 'onError')).toMatchObject([
    ['onError', { code: 'invalid_response' }],
  ])
})

test('raw calls onError once for an error status and once without a response', async () => {
  const { hooks, events } = createRecordingHooks()
  const replies = [new Response('', { status: 404 }), new Response('', { status: 302 })]
  const { raw } = createClientWith({ apiKey: 'k', hooks, fetch: async () => replies.shift()! })
  const init = { params: { query: { agent_id: 1 } } }
  expect((await raw.GET(path, init)).response.status).toBe(404)
  await catchError(raw.GET(path, init))
  expect(events.map(([name, { code, call }]) => [name, call, code])).toEqual([
    ['onRequest', 1, undefined],
    ['onResponse', 1, undefined],
    ['onError', 1, 'not_found'],
    ['onRequest', 2, undefined],
    ['onResponse', 2, undefined],
    ['onError', 2, 'api'],
  ])
})

test('an attempt that was given up reports nothing afterwards', async () => {
  const { hooks, events } = createRecordingHooks()
  const late = createDeferred<Response>()
  let requests = 0
  // The first response comes after its timeout, during the second attempt.
  const fetch = async (): Promise<Response> => {
    if (++requests === 1) return late.promise
    late.resolve(unavailable())
    for (let turn = 0; turn < 5; turn++) await setImmediate()
    return Response.json(page)
  }
  let attempts = 0
  const wait: Runtime['wait'] = (delayMs, signal, work) =>
    work
      ? withDeadline(++attempts === 1 ? 1 : delayMs, signal, work)
      : fixedRuntime.wait(delayMs, signal)
  const { callLogs } = createClientWith({ apiKey: 'k', hooks, fetch }, { ...fixedRuntime, wait })
  expect(await callLogs.list({ agent_id: 1 })).toEqual(page)
  expect(events.map(([name, info]) => [name, info.attempts, info.status])).toEqual([
    ['onRequest', 1, undefined],
    ['onRetry', 1, undefined],
    ['onRequest', 2, undefined],
    ['onResponse', 2, 200],
  ])
})

test('each call has a number, the same for all its attempts', async () => {
  const replies = [unavailable(), Response.json(page), Response.json(page)]
  const { hooks, events } = createRecordingHooks()
  const { callLogs } = createClientWith(
    { apiKey: 'k', hooks, fetch: async () => replies.shift()! },
    fixedRuntime,
  )
  await callLogs.list({ agent_id: 1 })
  await callLogs.list({ agent_id: 1 })
  expect(
    events
      .filter(([name]) => name === 'onRequest')
      .map(([, { call, attempts }]) => [call, attempts]),
  ).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
  ])
})
