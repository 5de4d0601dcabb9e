import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import type { Runtime } from '../../src/runtime.ts'
import { withDeadline } from '../../src/transport/deadline.ts'
import { catchError } from '../support/catch-error.ts'
import { pageOf } from '../support/client-on.ts'
import { createDeferred } from '../support/deferred.ts'
import { fixedRuntime } from '../support/fixed-runtime.ts'

import { createRecordingHooks } from '../support/recording-hooks.ts'
import { collectUnhandled, runReady } from '../support/unhandled-rejections.ts'

const path = operationDescriptors['callLogs.list'].path

const unavailable = () =>
  new Response('{"detail":"secret words"}', { status: 503, headers: { 'x-request-id': 'r1' } })
const page = pageOf([1], null)
// oxlint-disable-next-line unicorn/no-thenable -- a hook can return what it likes
const brokenThenable = Object.defineProperty({}, 'then', {
  value: () => {
    throw new Error('broken thenable')
  },
}) as never

test.each([
  {
    how: 'throw',
    after: () => {
      throw new Error('broken hook')
    },
  },
  { how: 'reject', after: () => Promise.reject(new Error('broken hook')) },
  { how: 'never settle', after: () => new Promise<void>(() => {}) },
  { how: 'return a thenable that throws', after: () => brokenThenable },
])('hooks that $how change nothing', async ({ after }) => {
  const replies = [unavailable(), Response.json(page), new Response('', { status: 400 })]
  const { hooks, names } = createRecordingHooks(after)
  const { callLogs } = createClientWith(
    { apiKey: 'canary', hooks, fetch: async () => replies.shift()! },
    fixedRuntime,
  )
  const unhandled = await collectUnhandled(async () => {
    expect(await callLogs.list({ agent_id: 1 })).toEqual(page)
    expect(await catchError(callLogs.list({ agent_id: 1 }))).toMatchObject({ code: 'bad_request' })
  })
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

test('an attempt that was given up reports nothing afterwards', async () => {
  const { hooks, events } = createRecordingHooks()
  const late = createDeferred<Response>()
  let requests = 0
  // The first response comes after its timeout, during the second attempt.
  const fetch = async (): Promise<Response> => {
    if (++requests === 1) return late.promise
    late.resolve(unavailable())
    await runReady()
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
