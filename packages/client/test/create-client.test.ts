import { createClient } from '@cekura-kit/client'
import { apiKeyHeader, operationDescriptors, type OperationDescriptor } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { pageOf } from './support/client-on.ts'
import { startRecordingServer } from './support/recording-server.ts'

const { path } = operationDescriptors['callLogs.list']
const apiKey = 'canary-key-123'

/** What a client has at the place that an operationId names. */
const methodAt = (client: unknown, operationId: string): unknown =>
  operationId.split('.').reduce((value, name) => Object(value)[name] as unknown, client)

test('a client has a method for every operation of the document, at the place its id names', () => {
  const client = createClient({ apiKey })
  for (const [id, descriptor] of Object.entries<OperationDescriptor>(operationDescriptors))
    expect(typeof methodAt(client, id), id).toBe(descriptor.rawOnly ? 'undefined' : 'function')
})

test('a client has nothing besides the groups of the document and raw', () => {
  const groups = Object.entries<OperationDescriptor>(operationDescriptors)
    .filter(([, { rawOnly }]) => !rawOnly)
    .map(([id]) => id.split('.')[0]!)
  expect(new Set(Object.keys(createClient({ apiKey })))).toEqual(new Set([...groups, 'raw']))
})

test('callLogs.list() sends the key, accepts JSON and encodes its query', async () => {
  await using server = await startRecordingServer({ body: JSON.stringify(pageOf([1], null)) })
  const { callLogs } = createClient({ apiKey, baseUrl: server.url })
  const page = await callLogs.list({ agent_id: 7, call_ids: [1, 2], assistant_id: 'a b' })
  expect(page).toEqual(pageOf([1], null))
  expect(server.requests).toMatchObject([
    {
      method: 'GET',
      target: `${path}?call_ids=1%2C2&agent_id=7&assistant_id=a%20b`,
      headers: { [apiKeyHeader.toLowerCase()]: apiKey, accept: 'application/json' },
    },
  ])
})

test('two clients have separate keys, settings and retry budgets', async () => {
  await using server = await startRecordingServer({ body: JSON.stringify(pageOf([], null)) })
  const clients = ['key-of-the-first', 'key-of-the-second'].map((key) =>
    createClient({ apiKey: key, baseUrl: server.url, headers: { 'x-client': key } }),
  )
  for (const { callLogs } of clients) await callLogs.list({ agent_id: 1 })
  expect(
    server.requests.map(({ headers }) => [
      headers[apiKeyHeader.toLowerCase()],
      headers['x-client'],
    ]),
  ).toEqual([
    ['key-of-the-first', 'key-of-the-first'],
    ['key-of-the-second', 'key-of-the-second'],
  ])
})

test('looks up the global fetch on each call', async () => {
  const original = globalThis.fetch
  const { callLogs } = createClient({ apiKey })
  globalThis.fetch = async () => Response.json(pageOf([5], null))
  try {
    expect((await callLogs.list({ agent_id: 1 })).results[0]?.id).toBe(5)
  } finally {
    globalThis.fetch = original
  }
})
