// What a call leaves behind: listeners, sockets, timers, requests.
import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { createClient } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { createDeferred } from '../support/deferred.ts'
import { startScriptedServer } from '../support/scripted-server.ts'
import { collectUnhandled } from '../support/unhandled-rejections.ts'

const one = { page: { ids: [1], next: null, count: 1 } }

test('a signal shared by many calls keeps no listener', async () => {
  await using server = await startScriptedServer(({ searchParams }) =>
    Number(searchParams.get('agent_id')) % 2 ? one : { status: 400, json: {} },
  )
  const { callLogs, raw } = createClient({ apiKey: 'k', baseUrl: server.url })
  const { signal } = new AbortController()
  for (let agent = 1; agent <= 50; agent++)
    await callLogs.list({ agent_id: agent }, { signal }).catch(() => {})
  for await (const page of callLogs.list({ agent_id: 1 }, { signal }).pages())
    expect(page.count).toBe(1)
  for await (const _ of callLogs.list({ agent_id: 1 }, { signal })) break
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  await raw.GET('/observability/v1/call-logs/', { params: { query: { agent_id: 1 } }, signal })
})

test('50 failures with large bodies leave no socket each', async () => {
  await using server = await startScriptedServer([{ status: 400, text: 'x'.repeat(60_000) }])
  const { callLogs } = createClient({ apiKey: 'k', baseUrl: server.url })
  for (let n = 0; n < 50; n++) {
    await callLogs.list({ agent_id: 1 }).catch(() => {})
    // undici opens a second socket for a request in the same turn in which a response ends, before
    // the first is back in its pool. A bare fetch does the same.
    await setImmediate()
  }
  expect(server.sockets()).toBeLessThanOrEqual(1)
})

test('an abort ends the wait for a retry at once', async () => {
  await using server = await startScriptedServer([
    { status: 429, text: '', headers: { 'retry-after': '30' } },
  ])
  const abort = new AbortController()
  const { callLogs } = createClient({
    apiKey: 'k',
    baseUrl: server.url,
    hooks: { onRetry: () => queueMicrotask(() => abort.abort(new Error('enough'))) },
  })
  const call = callLogs.list({ agent_id: 1 }, { signal: abort.signal })
  await expect(call).rejects.toMatchObject({
    code: 'aborted',
    reason: 'aborted',
    message: 'The call was aborted.',
    cause: { message: 'enough' },
  })
  expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0)
})

test('an abort ends a call while its body arrives', async () => {
  await using server = await startScriptedServer([{ fault: 'stallBody' }])
  const abort = new AbortController()
  const { callLogs } = createClient({
    apiKey: 'k',
    baseUrl: server.url,
    // The headers have arrived by then, the body has not.
    fetch: async (url, init) => {
      const response = await fetch(url, init)
      queueMicrotask(() => abort.abort(new Error('enough')))
      return response
    },
  })
  const call = callLogs.list({ agent_id: 1 }, { signal: abort.signal })
  await expect(call).rejects.toMatchObject({
    code: 'aborted',
    attempts: 1,
    cause: { message: 'enough' },
  })
  expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0)
  await expect.poll(() => server.sockets()).toBe(0)
})

test('a call that is aborted before it starts reads no key and sends nothing', async () => {
  let keys = 0
  const { callLogs } = createClient({ apiKey: () => `k${++keys}`, fetch: () => fetch('') })
  const call = callLogs.list({ agent_id: 1 }, { signal: AbortSignal.abort('no') })
  await expect(call).rejects.toMatchObject({ code: 'aborted', attempts: 0, cause: 'no' })
  expect(keys).toBe(0)
})

test('a call that is aborted while its key is read sends nothing', async () => {
  const controller = new AbortController()
  let sent = 0
  const { callLogs } = createClient({
    apiKey: async () => {
      controller.abort()
      return 'key'
    },
    fetch: async () => {
      sent += 1
      return new Response('{}')
    },
  })
  const call = callLogs.list({ agent_id: 1 }, { signal: controller.signal })
  await expect(call).rejects.toMatchObject({ code: 'aborted' })
  // The attempt that was given up has run to its end by then.
  await setImmediate()
  expect(sent).toBe(0)
})

test('a key function that never settles ends with the timeout', async () => {
  const { callLogs } = createClient({
    apiKey: () => new Promise(() => {}),
    maxRetries: 0,
    timeout: 10,
  })
  await expect(callLogs.list({ agent_id: 1 })).rejects.toMatchObject({
    reason: 'attempt_timeout',
    attempts: 0,
  })
})

test('a fetch that ignores its signal does not delay the timeout', async () => {
  const { callLogs } = createClient({
    apiKey: 'k',
    fetch: () => new Promise(() => {}),
    maxRetries: 0,
  })
  await expect(callLogs.list({ agent_id: 1 }, { timeout: 10 })).rejects.toMatchObject({
    code: 'timeout',
  })
})

test('a response that comes after the timeout is not an unhandled rejection', async () => {
  const late = createDeferred<Response>()
  const { callLogs } = createClient({ apiKey: 'k', fetch: () => late.promise, maxRetries: 0 })
  const unhandled = await collectUnhandled(async () => {
    await expect(callLogs.list({ agent_id: 1 }, { timeout: 5 })).rejects.toMatchObject({
      code: 'timeout',
    })
    late.reject(new TypeError('late'))
  })
  expect(unhandled).toEqual([])
})

test('a client does not print its key', () => {
  const client = createClient({ apiKey: 'canary-key-123' })
  expect(inspect(client, { depth: 9, showHidden: true })).not.toContain('canary')
  expect(JSON.stringify(client)).not.toContain('canary')
})
