import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SpecDocument } from '@cekura-kit/spec'
import { operationDescriptors } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer as createPrism } from '@stoplight/prism-http-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrismVerifier, proxyConfig, type Exchange } from './prism-verifier.ts'
import { parseFindings } from './violation.ts'

const document = bundled as unknown as SpecDocument
const path = operationDescriptors['callLogs.list'].path
const json = { 'content-type': 'application/json' }
const page = { count: 0, next: null, previous: null, results: [] }

const responses: { [what: string]: Pick<Exchange, 'status' | 'headers' | 'body'> } = {
  'a good page': { status: 200, headers: json, body: JSON.stringify(page) },
  'a charset': {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(page),
  },
  'a wrong type': { status: 200, headers: json, body: JSON.stringify({ ...page, count: '0' }) },
  'two things wrong': { status: 200, headers: json, body: '{"count":null,"results":7}' },
  'an undocumented 201': { status: 201, headers: json, body: '{}' },
  'an undocumented 418': { status: 418, headers: json, body: '{}' },
  'no body': { status: 204, headers: {}, body: '' },
  'text for JSON': { status: 200, headers: { 'content-type': 'text/plain' }, body: 'page' },
  'a good error': { status: 400, headers: json, body: '{"agent_id":["No."]}' },
  'a bad Retry-After': {
    status: 429,
    headers: { ...json, 'retry-after': 'soon' },
    body: '{"detail":"Slow down."}',
  },
  'an error page': { status: 500, headers: { 'content-type': 'text/html' }, body: '<p>Oh.' },
}

let given: (typeof responses)[string]
const service = createServer((_, response) => {
  response.writeHead(given.status, given.headers).end(given.body)
})
let proxy: ReturnType<typeof createPrism>
let proxyUrl: string
beforeAll(async () => {
  await once(service.listen(0, '127.0.0.1'), 'listening')
  const { port } = service.address() as AddressInfo
  proxy = createPrism(await getHttpOperationsFromSpec(document), {
    cors: false,
    components: { logger: createLogger('proxy', { level: 'silent' }) },
    config: proxyConfig(`http://127.0.0.1:${port}`),
  })
  proxyUrl = await proxy.listen(0, '127.0.0.1')
})
afterAll(async () => {
  await proxy.close()
  service.close()
})

test.each(Object.entries(responses))('validates %s as the proxy does', async (_, next) => {
  given = next
  const response = await fetch(`${proxyUrl}${path}?agent_id=1`)
  await response.arrayBuffer()
  const overHttp = parseFindings(response.headers.get('sl-violations') ?? '[]')
  const verify = await createPrismVerifier(document)
  const found = await verify({ method: 'GET', path, query: [['agent_id', '1']], ...next })
  expect(found).toEqual(overHttp)
})

test('concurrent validations are separate', async () => {
  const verify = await createPrismVerifier(document)
  const sent = { method: 'GET', path, query: [['agent_id', '1']] as const }
  const found = await Promise.all(
    ['a good page', 'a wrong type', 'a good page'].map((what) =>
      verify({ ...sent, ...responses[what]! }),
    ),
  )
  expect(found.map(({ length }) => length)).toEqual([0, 1, 0])
})

test('an operation that the document does not have is an error', async () => {
  const verify = await createPrismVerifier(document)
  const sent = { method: 'GET', path: '/v9/', query: [], ...responses['a good page']! }
  await expect(verify(sent)).rejects.toThrow('Route not resolved')
})
