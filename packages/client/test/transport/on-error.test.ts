// A call that fails calls onError once, whichever part of the client fails it.
import type { ClientOptions } from '@cekura-kit/client'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import { catchError, readAll } from '../support/catch-error.ts'
import { pageOf } from '../support/client-on.ts'
import { createRecordingHooks } from '../support/recording-hooks.ts'

const path = operationDescriptors['callLogs.list'].path
const page = pageOf([1], null)

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
