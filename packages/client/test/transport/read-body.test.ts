import { createClient } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import type { FetchResponse } from '../../src/transport/fetch.ts'
import { readBody } from '../../src/transport/read-body.ts'
import { catchCekuraError } from '../support/catch-error.ts'
import { pageOf } from '../support/client-on.ts'

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** A response that arrives in these chunks, and whether the rest of it was canceled. */
function createChunked(...chunks: Uint8Array<ArrayBuffer>[]) {
  const state = { isCanceled: false }
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
    cancel() {
      state.isCanceled = true
    },
  })
  return { response: new Response(body), state }
}

async function read(response: FetchResponse, maxBytes: number) {
  const { bytes, isCut } = await readBody(response, maxBytes)
  return [decode(bytes), isCut]
}

test('joins a character whose bytes arrive in two chunks', async () => {
  const whole = encode('für 😀')
  for (let at = 1; at < whole.length; at++) {
    const { response } = createChunked(whole.slice(0, at), whole.slice(at))
    expect(await read(response, 100)).toEqual(['für 😀', false])
  }
})

test('reads a body of exactly maxBytes, and cuts and cancels a longer one', async () => {
  const exact = createChunked(encode('abc'), encode('def'))
  expect(await read(exact.response, 6)).toEqual(['abcdef', false])
  const longer = createChunked(encode('abc'), encode('def'), encode('g'), encode('h'))
  expect(await read(longer.response, 6)).toEqual(['abcdef', true])
  expect([exact.state.isCanceled, longer.state.isCanceled]).toEqual([false, true])
})

test('reads a response without a body as empty', async () => {
  expect(await read(new Response(null), 0)).toEqual(['', false])
})

/** A response as React Native has it: without `body`. */
const withoutStream = (text: string, status = 200): FetchResponse => ({
  status,
  headers: new Headers(),
  text: async () => text,
})

test('reads a response without a stream as text, within maxBytes', async () => {
  expect(await read(withoutStream('für'), 4)).toEqual(['für', false])
  expect(await read(withoutStream('für'), 3)).toEqual(['fü', true])
})

test('a client reads pages and errors without a stream', async () => {
  const replies = [
    withoutStream(JSON.stringify(pageOf([1], null))),
    withoutStream('{"detail":"No."}', 404),
  ]
  const { callLogs } = createClient({ apiKey: 'k', fetch: async () => replies.shift()! })
  expect((await callLogs.list({ agent_id: 1 })).results).toHaveLength(1)
  expect(await catchCekuraError(callLogs.list({ agent_id: 1 }))).toMatchObject({
    code: 'not_found',
    message: '404: No.',
  })
})

test('a client reads a page that arrives byte by byte', async () => {
  const bytes = encode(JSON.stringify(pageOf([1], null)).replace('call_1', 'ä€😀'))
  const { response } = createChunked(...Array.from(bytes, (byte) => Uint8Array.of(byte)))
  const { callLogs } = createClient({ apiKey: 'k', fetch: async () => response })
  expect((await callLogs.list({ agent_id: 1 })).results[0]?.call_id).toBe('ä€😀')
})

test('a client cancels a response above maxResponseBytes', async () => {
  let isCanceled = false
  const fetch = async () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(1000)),
        cancel() {
          isCanceled = true
        },
      }),
    )
  const { callLogs } = createClient({ apiKey: 'k', fetch, maxResponseBytes: 5000 })
  expect(await catchCekuraError(callLogs.list({ agent_id: 1 }))).toMatchObject({
    reason: 'response_too_large',
    details: { limit: 5000 },
  })
  expect(isCanceled).toBe(true)
})
