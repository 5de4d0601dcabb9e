import type { OperationDescriptor } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { catchCekuraError } from '../support/catch-error.ts'
import { apiKey, createOperations, describeOperation } from '../support/operations.ts'
import { startRecordingServer, type Reply } from '../support/recording-server.ts'

/** What an operation returns for a reply of a real server. */
async function resultOf(
  more: Partial<OperationDescriptor>,
  reply: Reply,
  method: OperationDescriptor['method'] = 'GET',
) {
  await using server = await startRecordingServer(reply)
  const { call } = createOperations({ baseUrl: server.url })
  return await call(describeOperation(method, '/', more), {})
}

const page = { next: null, results: [{ id: 1 }] }

test.each<{ what: string; more: Partial<OperationDescriptor>; reply: Reply; result: unknown }>([
  { what: 'an object', more: {}, reply: { body: '{"id":1}' }, result: { id: 1 } },
  { what: 'a bare array', more: {}, reply: { body: '[{"id":1}]' }, result: [{ id: 1 }] },
  { what: 'null', more: {}, reply: { body: 'null' }, result: null },
  {
    what: 'an object with 201',
    more: {},
    reply: { status: 201, body: '{"id":1}' },
    result: { id: 1 },
  },
  {
    what: 'a page',
    more: { paginated: true },
    reply: { body: JSON.stringify(page) },
    result: page,
  },
  {
    what: 'text',
    more: { returns: 'text' },
    reply: { body: '{"not":"parsed"}\n' },
    result: '{"not":"parsed"}\n',
  },
  { what: 'empty text', more: { returns: 'text' }, reply: { body: '' }, result: '' },
  {
    what: 'nothing with 204',
    more: { returns: 'nothing' },
    reply: { status: 204 },
    result: undefined,
  },
  {
    what: 'nothing with a body',
    more: { returns: 'nothing' },
    reply: { body: '{"id":1}' },
    result: undefined,
  },
  {
    what: 'nothing or an object, with 204,',
    more: { mayBeEmpty: true },
    reply: { status: 204 },
    result: undefined,
  },
  {
    what: 'nothing or an object, with 200,',
    more: { mayBeEmpty: true },
    reply: { body: '{"id":1}' },
    result: { id: 1 },
  },
])('returns $what', async ({ more, reply, result }) => {
  expect(await resultOf(more, reply)).toEqual(result)
})

test('returns nothing for HEAD', async () => {
  expect(await resultOf({}, { headers: { 'content-length': '20' } }, 'HEAD')).toBeUndefined()
})

test('returns bytes unchanged', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  const result = await resultOf({ returns: 'bytes' }, { body: bytes })
  expect(result).toBeInstanceOf(ArrayBuffer)
  expect(new Uint8Array(result as ArrayBuffer)).toEqual(bytes)
})

test('masks the key in text and bytes of a success', async () => {
  const reply = { body: `key ${apiKey}` }
  expect(await resultOf({ returns: 'text' }, reply)).toBe('key ***')
  const bytes = (await resultOf({ returns: 'bytes' }, reply)) as ArrayBuffer
  expect(new TextDecoder().decode(bytes)).toBe('key ***')
})

test.each<{ more: Partial<OperationDescriptor>; body: string; reason: string }>([
  { more: {}, body: '', reason: 'empty_response' },
  { more: {}, body: '<html>', reason: 'not_json' },
  { more: { mayBeEmpty: true }, body: ' ', reason: 'not_json' },
  { more: { paginated: true }, body: '[]', reason: 'not_a_page' },
])('throws $reason for the body "$body"', async ({ more, body, reason }) => {
  expect(await catchCekuraError(resultOf(more, { body }))).toMatchObject({
    code: 'invalid_response',
    reason,
    status: 200,
    attempts: 1,
    method: 'GET',
    path: '/',
  })
})

test('calls a paginated operation page by page', async () => {
  await using server = await startRecordingServer(
    { body: '{"next":"?page=2","results":[{"id":1}]}' },
    { body: '{"next":null,"results":[{"id":2}]}' },
  )
  const parameters = {
    page: { in: 'query', type: 'integer' },
    name: { in: 'query', type: 'string' },
  } as const
  const { list } = createOperations({ baseUrl: server.url })
  const descriptor = describeOperation('GET', '/v1/items/', { parameters, paginated: true })
  expect(await list(descriptor, { name: 'x' }).toArray({ limit: 9 })).toEqual([
    { id: 1 },
    { id: 2 },
  ])
  // A list without timestamp_to gets no end.
  expect(server.requests.map(({ target }) => target)).toEqual([
    '/v1/items/?page=1&name=x',
    '/v1/items/?page=2&name=x',
  ])
})
