import { inspect } from 'node:util'
import { CekuraError, createClient } from '@cekura-kit/client'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { catchCekuraError } from '../support/catch-error.ts'
import { createFetchOf } from '../support/client-on.ts'

const path = operationDescriptors['callLogs.list'].path

/** The error of a list whose server replies with this body. */
function errorOf(body: unknown, status = 400, headers: Record<string, string> = {}) {
  const fetch = async () => Response.json(body, { status, headers })
  return catchCekuraError(
    createClient({ apiKey: 'k', fetch, maxRetries: 0 }).callLogs.list({ agent_id: 1 }),
  )
}

test.each([
  [400, 'bad_request'],
  [401, 'authentication'],
  [403, 'permission'],
  [404, 'not_found'],
  [408, 'timeout'],
  [418, 'api'],
  [422, 'api'],
  [429, 'rate_limit'],
  [500, 'server'],
  [599, 'server'],
])('a %i has the code %s, and what the response says about itself', async (status, code) => {
  const error = await errorOf({ detail: 'No.' }, status, {
    'retry-after': '7',
    'x-request-id': 'r1',
  })
  expect(error).toMatchObject({
    code,
    status,
    requestId: 'r1',
    retryAfterMs: 7000,
    method: 'GET',
    path,
    call: 1,
    attempts: 1,
    body: { detail: 'No.' },
  })
})

test('body holds what was sent, so neither inspect nor JSON prints it', async () => {
  const error = await errorOf({ agent_id: ['"+15550100001" is not valid.'] })
  expect(error.body).toEqual({ agent_id: ['"+15550100001" is not valid.'] })
  expect(Object.keys(error)).not.toContain('body')
  for (const text of [
    inspect(error, { depth: 9 }),
    JSON.stringify(error),
    String(error),
    JSON.stringify({ ...error }),
  ])
    expect(text).not.toContain('+15550100001')
})

test('body is the text of a response that is not JSON', async () => {
  const { fetch } = createFetchOf(new Response('<p>No.', { status: 404 }))
  const { callLogs } = createClient({ apiKey: 'k', fetch })
  expect((await catchCekuraError(callLogs.list({ agent_id: 1 }))).body).toBe('<p>No.')
})

const value = '+15550100001'
test.each([
  { body: { page: [value] }, fields: ['page'] },
  { body: { page: value }, fields: ['page'] },
  { body: { page: [value, value], page_size: [value] }, fields: ['page', 'page_size'] },
  {
    body: { metadata: { region: [value], zone: { id: value } } },
    fields: ['metadata.region', 'metadata.zone.id'],
  },
  { body: { transcript_json: [{}, { role: [value] }] }, fields: ['transcript_json[1].role'] },
  { body: [{ id: [value] }, {}, { id: [value] }], fields: ['[0].id', '[2].id'] },
  { body: { detail: value }, fields: [] },
  { body: { error: value, message: value, non_field_errors: [value] }, fields: [] },
  { body: [value], fields: [] },
  { body: value, fields: [] },
  { body: null, fields: [] },
  { body: {}, fields: [] },
  { body: { 'a\n\u001B[31mb': [value] }, fields: ['a [31mb'] },
])('a 400 with $body names the fields $fields and no value', async ({ body, fields }) => {
  for (const status of [400, 422]) {
    const error = await errorOf(body, status)
    expect(error.details).toEqual({ status, fields })
    expect(error.message).not.toContain(value)
    expect(error.message.endsWith(fields.length === 0 ? String(status) : fields.join(', '))).toBe(
      true,
    )
  }
})

test('a 400 that is nested deeply or has many fields has a short message', async () => {
  let deep: unknown = [value]
  for (let depth = 0; depth < 500; depth++) deep = { a: deep }
  expect((await errorOf(deep)).message.length).toBeLessThan(100)
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`field_${index}`, [value]]),
  )
  expect((await errorOf(many)).message.length).toBeLessThan(200)
})

test('is() recognizes an error of another installed copy, and nothing else', () => {
  // As another copy creates it, whose class is a different one.
  const other = Object.assign(new Error('x'), {
    name: 'CekuraError',
    code: 'server',
    reason: 'error_status',
  })
  expect(CekuraError.is(other)).toBe(true)
  expect(CekuraError.is(other, 'server')).toBe(true)
  expect(CekuraError.is(other, 'api')).toBe(false)
  expect(CekuraError.hasReason(other, 'error_status')).toBe(true)
  for (const value of [null, undefined, 'x', 5, new Error('x'), { code: 'server' }]) {
    expect(CekuraError.is(value)).toBe(false)
    expect(CekuraError.hasReason(value, 'error_status')).toBe(false)
  }
})

test('hasReason() narrows details to the type of the reason', async () => {
  const error: unknown = await errorOf({ page: ['Bad.'] })
  if (!CekuraError.hasReason(error, 'error_status')) throw new Error('another reason')
  const { status, fields }: { status: number; fields: string[] } = error.details
  // @ts-expect-error -- `limit` is a detail of other reasons.
  expect([status, fields, error.details.limit]).toEqual([400, ['page'], undefined])
})

test('is() narrows code to the literal', async () => {
  const error: unknown = await errorOf({})
  if (!CekuraError.is(error, 'bad_request')) throw new Error('another code')
  const code: 'bad_request' = error.code
  expect(code).toBe('bad_request')
})

test('an error has a stack that starts with its name and message', async () => {
  expect((await errorOf({}, 404)).stack).toMatch(/^CekuraError: 404\n/)
})
