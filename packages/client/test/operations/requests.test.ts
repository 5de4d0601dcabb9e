// A recording server shows what goes over the wire for each kind of operation.
import { apiKeyHeader, type OperationDescriptor } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { apiKey, createOperations, describeOperation } from '../support/operations.ts'
import { startRecordingServer } from '../support/recording-server.ts'

/** Sends one operation to a real server and returns what arrived. */
async function send(descriptor: OperationDescriptor, input?: unknown) {
  await using server = await startRecordingServer({ body: '{}' })
  await createOperations({ baseUrl: server.url }).call(descriptor, input)
  expect(server.requests).toHaveLength(1)
  return server.requests[0]!
}

const itemPath = { id: { in: 'path', type: 'integer', required: true } } as const

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
  'sends a %s with the key, a path value and no body',
  async (method) => {
    const { headers, body, ...request } = await send(
      describeOperation(method, '/v1/items/{id}/', { parameters: itemPath }),
      { id: 5 },
    )
    expect(request).toEqual({ method, target: '/v1/items/5/' })
    expect(headers[apiKeyHeader.toLowerCase()]).toBe(apiKey)
    expect(headers['content-type']).toBeUndefined()
    expect(body).toHaveLength(0)
  },
)

test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  'sends a JSON body with %s',
  async (method) => {
    const body = { name: 'ä "quoted"', tags: [1, null], nested: { at: new Date(0) } }
    const request = await send(describeOperation(method, '/v1/items/', { body: 'required' }), {
      body,
    })
    expect(request.headers['content-type']).toBe('application/json')
    expect(request.body.toString()).toBe(JSON.stringify(body))
    expect(Number(request.headers['content-length'])).toBe(request.body.length)
  },
)

test.each([null, false, 0, '', []])('sends the JSON value %j as a body', async (body) => {
  const request = await send(describeOperation('PUT', '/v1/items/', { body: 'required' }), { body })
  expect(request.body.toString()).toBe(JSON.stringify(body))
})

test('omits an optional body that is not given', async () => {
  const request = await send(describeOperation('POST', '/v1/items/', { body: 'optional' }), {})
  expect(request.headers['content-type']).toBeUndefined()
  expect(request.body).toHaveLength(0)
})

test.each([
  {
    type: 'string',
    value: 'a/b?c#d %2e é $&',
    target: '/v1/items/a%2Fb%3Fc%23d%20%252e%20%C3%A9%20%24%26/',
  },
  { type: 'string', value: '...', target: '/v1/items/.../' },
  { type: 'number', value: 1.5, target: '/v1/items/1.5/' },
  { type: 'boolean', value: false, target: '/v1/items/false/' },
  { type: 'array', value: ['a,b', '$&'], target: '/v1/items/a%2Cb,%24%26/' },
] as const)('encodes the $type $value in a path', async ({ type, value, target }) => {
  const parameters = { id: { in: 'path', type, required: true } } as const
  const request = await send(describeOperation('GET', '/v1/items/{id}/', { parameters }), {
    id: value,
  })
  expect(request.target).toBe(target)
})

test('fills several placeholders of a path', async () => {
  const parameters = {
    project_id: { in: 'path', type: 'integer', required: true },
    name: { in: 'path', type: 'string', required: true },
  } as const
  const descriptor = describeOperation('GET', '/v1/{project_id}/items/{name}.json', { parameters })
  expect((await send(descriptor, { name: '{project_id}', project_id: 7 })).target).toBe(
    '/v1/7/items/%7Bproject_id%7D.json',
  )
})

test.each([
  { what: 'an array, exploded by default', value: ['a b', 'c&d'], query: 'q=a%20b&q=c%26d' },
  { what: 'an array, not exploded', value: ['a,b', 'c'], explode: false, query: 'q=a%2Cb,c' },
  { what: 'a spaceDelimited array', value: [1, 2], style: 'spaceDelimited', query: 'q=1%202' },
  { what: 'a pipeDelimited array', value: [1, 2], style: 'pipeDelimited', query: 'q=1|2' },
  {
    what: 'an object, exploded by default',
    value: { a: 1, 'b c': 'd&e' },
    query: 'a=1&b%20c=d%26e',
  },
  { what: 'an object, not exploded', value: { a: 1, b: 2 }, explode: false, query: 'q=a,1,b,2' },
  {
    what: 'a deepObject',
    value: { a: 1, b: 'c d' },
    style: 'deepObject',
    explode: true,
    query: 'q[a]=1&q[b]=c%20d',
  },
  { what: 'a string', value: 'a&b=c é', query: 'q=a%26b%3Dc%20%C3%A9' },
  { what: 'a boolean', value: false, query: 'q=false' },
  { what: 'a number', value: 0, query: 'q=0' },
])('sends $what in a query', async ({ value, query, style, explode }) => {
  const parameters = {
    q: { in: 'query', ...(style && { style }), ...(explode !== undefined && { explode }) },
  } as const
  const request = await send(describeOperation('GET', '/v1/items/', { parameters }), { q: value })
  expect(request.target).toBe(`/v1/items/?${query}`)
})

test('encodes the name of a query parameter', async () => {
  const parameters = { 'a[b]&': { in: 'query', type: 'string' } } as const
  const request = await send(describeOperation('GET', '/', { parameters }), { 'a[b]&': 'x' })
  expect(request.target).toBe('/?a%5Bb%5D%26=x')
})

test('sends header parameters, over headers of the client and under headers of the call', async () => {
  await using server = await startRecordingServer({ body: '{}' })
  const { call } = createOperations({
    baseUrl: server.url,
    headers: { 'x-team': 'client', 'x-floor': '1' },
  })
  const parameters = {
    'X-Team': { in: 'header', type: 'string' },
    'X-Ids': { in: 'header', type: 'array', items: 'integer' },
    'X-Count': { in: 'header', type: 'integer' },
  } as const
  const descriptor = describeOperation('GET', '/', { parameters })
  await call(descriptor, { 'X-Team': 'input', 'X-Ids': [1, 2], 'X-Count': 3 })
  await call(descriptor, { 'X-Team': 'input' }, { headers: { 'X-TEAM': 'call' } })
  expect(server.requests.map(({ headers }) => headers)).toMatchObject([
    { 'x-team': 'input', 'x-ids': '1,2', 'x-count': '3', 'x-floor': '1' },
    { 'x-team': 'call', 'x-floor': '1' },
  ])
})

test('a header parameter cannot replace the key', async () => {
  const parameters = { [apiKeyHeader]: { in: 'header', type: 'string' } } as const
  const request = await send(describeOperation('GET', '/', { parameters }), {
    [apiKeyHeader]: 'other',
  })
  expect(request.headers[apiKeyHeader.toLowerCase()]).toBe(apiKey)
})

test.each([
  { returns: 'json', accept: 'application/json' },
  { returns: 'text', accept: '*/*' },
  { returns: 'bytes', accept: '*/*' },
  { returns: 'nothing', accept: '*/*' },
] as const)(
  'accepts $accept for an operation that returns $returns',
  async ({ returns, accept }) => {
    expect((await send(describeOperation('GET', '/', { returns }))).headers.accept).toBe(accept)
  },
)

test('appends a path to a baseUrl with a path', async () => {
  await using server = await startRecordingServer({ body: '{}' })
  await createOperations({ baseUrl: `${server.url}/cekura/` }).call(
    describeOperation('GET', '/v1/'),
  )
  expect(server.requests[0]!.target).toBe('/cekura/v1/')
})
