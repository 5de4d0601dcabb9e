import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { CekuraError, createClient } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { startScriptedServer } from './scripted-server.ts'

const one = { page: { ids: [1], next: null, count: 1 } }

test('a signal shared by many calls keeps no listener', async () => {
  await using server = await startScriptedServer(({ searchParams }) =>
    Number(searchParams.get('agent_id')) % 2 ? one : { status: 400, json: {} },
  )
  const { callLogs } = createClient({ apiKey: 'k', baseUrl: server.url })
  const { signal } = new AbortController()
  for (let agent = 1; agent <= 50; agent++)
    await callLogs.list({ agent_id: agent }, { signal }).catch(() => {})
  for await (const page of callLogs.list({ agent_id: 1 }, { signal }).pages({ prefetch: 1 }))
    expect(page.count).toBe(1)
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test('50 failures with large bodies leave no socket each', async () => {
  await using server = await startScriptedServer([{ status: 400, text: 'x'.repeat(60_000) }])
  const { callLogs } = createClient({ apiKey: 'k', baseUrl: server.url })
  for (let n = 0; n < 50; n++) {
    await callLogs.list({ agent_id: 1 }).catch(() => {})
    // undici, a bare fetch too, opens a second one for a request in the very turn in which an
    // answer ends, before the first is back in its pool.
    await setImmediate()
  }
  expect(server.sockets()).toBeLessThanOrEqual(1)
})

test('an abort ends the wait for another attempt at once', async () => {
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
  await expect(call).rejects.toMatchObject({ code: 'aborted', cause: { message: 'enough' } })
  expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0)
})

test('an abort ends a call whose answer has begun', async () => {
  await using server = await startScriptedServer([{ fault: 'stallBody' }])
  const abort = new AbortController()
  const { callLogs } = createClient({
    apiKey: 'k',
    baseUrl: server.url,
    // The headers are there by then, the body is not.
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

test('a call that is aborted before it begins asks for no key and sends nothing', async () => {
  let asked = 0
  const { callLogs } = createClient({ apiKey: () => `k${++asked}`, fetch: () => fetch('') })
  const call = callLogs.list({ agent_id: 1 }, { signal: AbortSignal.abort('no') })
  await expect(call).rejects.toMatchObject({ code: 'aborted', attempts: 0, cause: 'no' })
  expect(asked).toBe(0)
})

test('a fetch that ignores its signal does not hold the call', async () => {
  const { callLogs } = createClient({
    apiKey: 'k',
    fetch: () => new Promise(() => {}),
    maxRetries: 0,
  })
  await expect(callLogs.list({ agent_id: 1 }, { timeout: 10 })).rejects.toMatchObject({
    code: 'timeout',
  })
})

test('the client prints no key', () => {
  const client = createClient({ apiKey: 'canary-key-123' })
  expect(inspect(client, { depth: 9, showHidden: true })).not.toContain('canary')
  expect(JSON.stringify(client)).not.toContain('canary')
})

test('CekuraError.is() knows the error of another copy, and nothing else', () => {
  // As a second installed copy makes it, whose class is another.
  const other = Object.assign(new Error('x'), { name: 'CekuraError', code: 'server' })
  expect(CekuraError.is(other)).toBe(true)
  expect(CekuraError.is(other, 'server')).toBe(true)
  expect(CekuraError.is(other, 'api')).toBe(false)
  for (const stranger of [null, undefined, 'x', new Error('x'), { code: 'server' }])
    expect(CekuraError.is(stranger)).toBe(false)
})

test('a browser is refused unless it is asked for', () => {
  Object.assign(globalThis, { document: {} })
  try {
    expect(() => createClient({ apiKey: 'k' })).toThrow(
      'dangerouslyAllowBrowser is "false"; give true if all may read the key',
    )
    expect(createClient({ apiKey: 'k', dangerouslyAllowBrowser: true })).toBeDefined()
  } finally {
    Reflect.deleteProperty(globalThis, 'document')
  }
})
