import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { getResponse, http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { expect, test } from 'vitest'
import { startMock } from './index.ts'
import { get } from './mock.test-helper.ts'
import { createMswSandbox, type MswOptions } from './msw.ts'

const { path } = operationDescriptors['callLogs.list']
const base = 'https://api.cekura.ai'
const list = `${base}${path}?agent_id=2142`
const headers = { [apiKeyHeader]: 'k' }

test('returns the bytes of the server', async () => {
  const { handlers } = createMswSandbox({ http, rows: 60 })
  await using mock = await startMock({ mode: 'sandbox', rows: 60 })
  const response = await getResponse(handlers, new Request(`${list}&page=2`, { headers }))
  const expected = await (await get(mock, { page: 2 })).text()
  expect(await response!.text()).toBe(expected.replaceAll(mock.url, base))
})

test.each([
  'https://api.test.invalid',
  'https://api.test.invalid/',
  'https://api.test.invalid:443',
  'HTTPS://API.test.invalid',
])('the origin %s handles the requests of its server', async (origin) => {
  const { handlers, handle } = createMswSandbox({ http, rows: 3, origin })
  const request = new Request(`https://api.test.invalid${path}?agent_id=2142`, { headers })
  expect((await getResponse(handlers, request))?.status).toBe(200)
  const overridden = handle['callLogs.list'](() => ({ status: 401, body: { detail: 'No.' } }))
  expect((await getResponse([overridden], request.clone()))?.status).toBe(401)
})

test('a latency that is not valid is an error', () => {
  expect(() => createMswSandbox({ http, latencyMs: -1 })).toThrow(/Invalid latencyMs/)
})

test.each(['callLogs.list', 'agents.list'] as const)(
  'an injected 400 of %s names a parameter of the operation',
  async (id) => {
    const { handlers, control } = createMswSandbox({ http, rows: 3 })
    await control('/faults', [{ status: 400 }])
    const request = new Request(`${base}${operationDescriptors[id].path}`, { headers })
    const response = await getResponse(handlers, request)
    const [field] = Object.keys((await response!.json()) as object)
    expect(response!.status).toBe(400)
    expect(Object.keys(operationDescriptors[id].parameters)).toContain(field)
  },
)

test('other origins are left to the network', async () => {
  const { handlers } = createMswSandbox({ http, rows: 3, origin: 'https://api.test.invalid' })
  expect(await getResponse(handlers, new Request(list, { headers }))).toBeUndefined()
})

test('an origin that is not a URL is an error', () => {
  const options: MswOptions = { http, origin: 'api.cekura.ai' }
  expect(() => createMswSandbox(options)).toThrow(/Invalid origin "api\.cekura\.ai"/)
})

test.each([undefined, {}, { rows: 3 }])(
  'without the http of msw, options %j are an error',
  (options) => {
    expect(() => createMswSandbox(options as MswOptions)).toThrow(/^Missing http: .*from 'msw'/)
  },
)

test('links keep the path of the origin', async () => {
  const { handlers } = createMswSandbox({ http, rows: 30, origin: 'https://gateway.test/cekura/' })
  const request = new Request(`https://gateway.test/cekura${path}?agent_id=2142`, { headers })
  const { next } = (await (await getResponse(handlers, request))!.json()) as { next: string }
  expect(next).toBe(`https://gateway.test/cekura${path}?agent_id=2142&page=2`)
})

test('a handler gets the query and leaves a request that it does not handle to the next one', async () => {
  const { handle, handlers } = createMswSandbox({ http, rows: 3 })
  const handler = handle['callLogs.list'](({ query, body, request }) => {
    expect([body, request.method]).toEqual([undefined, 'GET'])
    return query.page === '9' ? { status: 404, body: { detail: 'Invalid page.' } } : undefined
  })
  const status = async (query: string): Promise<number | undefined> =>
    (await getResponse([handler, ...handlers], new Request(list + query, { headers })))?.status
  expect([await status('&page=1&page=9'), await status('')]).toEqual([404, 200])
})

test('every operation has a handler, and an unknown one is an error that lists them', () => {
  const { handle } = createMswSandbox({ http })
  for (const id of Object.keys(operationDescriptors))
    expect(handle[id as keyof typeof handle]).toBeTypeOf('function')
  expect(() => (handle as Record<string, unknown>)['callLogs.lst']).toThrow(
    /^Unknown operation "callLogs\.lst": expected one of callLogs\.list/,
  )
})

test('a response that the document does not have does not compile', () => {
  const list = createMswSandbox({ http }).handle['callLogs.list']
  // @ts-expect-error -- 418 is not documented
  list(() => ({ status: 418, body: { detail: 'x' } }))
  // @ts-expect-error -- a 404 has a detail
  list(() => ({ status: 404, body: {} }))
  // @ts-expect-error -- not a parameter
  list(({ query }) => void query.pagesize)
})

test('a request that no handler matches keeps its key from the network where msw reports an error', async () => {
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mocked = setupServer(
    ...createMswSandbox({ http, origin: url }).handlers,
    http.all('*', () => HttpResponse.error()),
  )
  mocked.listen({ onUnhandledFrame: 'error' })
  expect((await fetch(`${url}${path}?agent_id=2142`, { headers })).status).toBe(200)
  await expect(fetch(`${url}/elsewhere`, { headers })).rejects.toThrow()
  mocked.close()
  server.close()
})
