import { inspect } from 'node:util'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createClient, type ClientOptions } from '@cekura-kit/client'

const apiKey = 'canary-key-123'

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
}

const origin = 'give https (http on loopback) without user and query'

test.each<{ name: string; options: ClientOptions; says: string }>([
  { name: 'no key', options: { apiKey: '' }, says: 'apiKey is ""; give ' },
  { name: 'a key with a line break', options: { apiKey: 'a\nb' }, says: 'apiKey is "***"; give ' },
  { name: 'a key with a space', options: { apiKey: 'a b' }, says: 'apiKey is "***"; give ' },
  { name: 'a key beyond ASCII', options: { apiKey: 'schlüssel' }, says: 'apiKey is "***"; give ' },
  { name: 'no URL', options: { apiKey, baseUrl: 'nope' }, says: `baseUrl is "nope"; ${origin}` },
  {
    name: 'a blank URL',
    options: { apiKey, baseUrl: '' },
    says: `baseUrl is ""; ${origin}`,
  },
  {
    name: 'http elsewhere',
    options: { apiKey, baseUrl: 'http://a.example' },
    says: `baseUrl is "http://a.example"; ${origin}`,
  },
  {
    name: 'http on a host that starts like a loopback',
    options: { apiKey, baseUrl: 'http://127.0.0.1.a.example' },
    says: `baseUrl is "http://127.0.0.1.a.example"; ${origin}`,
  },
  {
    name: 'another protocol',
    options: { apiKey, baseUrl: 'ftp://a.example' },
    says: `baseUrl is "ftp://a.example"; ${origin}`,
  },
  {
    name: 'a URL in a URL',
    options: { apiKey, baseUrl: 'blob:https://a.example/x' },
    says: `baseUrl is "blob:https://a.example/x"; ${origin}`,
  },
  {
    name: 'http on an address like a loopback',
    options: { apiKey, baseUrl: 'http://128.0.0.1' },
    says: `baseUrl is "http://128.0.0.1"; ${origin}`,
  },
  {
    name: 'http on a host that starts like localhost',
    options: { apiKey, baseUrl: 'http://localhost.a.example' },
    says: `baseUrl is "http://localhost.a.example"; ${origin}`,
  },
  {
    name: 'credentials',
    options: { apiKey, baseUrl: 'https://u:pass@a.example' },
    says: `baseUrl is "***a.example"; ${origin}`,
  },
  {
    name: 'a query',
    options: { apiKey, baseUrl: 'https://a.example/?token=1' },
    says: `baseUrl is "https://a.example/***"; ${origin}`,
  },
  {
    name: 'a fragment',
    options: { apiKey, baseUrl: 'https://a.example/#x' },
    says: `baseUrl is "https://a.example/***"; ${origin}`,
  },
  ...(
    [
      ['timeout', 0, 1],
      ['timeout', -1, 1],
      ['timeout', Number.NaN, 1],
      ['timeout', Number.POSITIVE_INFINITY, 1],
      ['totalTimeout', 2 ** 31, 1],
      ['totalTimeout', -5, 1],
      ['maxRetries', 0.5, 0],
      ['maxRetries', -1, 0],
      ['maxRetryAfter', -1, 0],
      ['maxResponseBytes', Number.NaN, 0],
    ] as const
  ).map(([option, value, least]) => ({
    name: `${option} ${value}`,
    options: { apiKey, [option]: value },
    says: `${option} is "${value}"; give a whole number from ${least} to 2147483647`,
  })),
  {
    name: 'a header with a line break',
    options: { apiKey, headers: { 'x-a': 'secret\nb' } },
    says: 'headers is "x-a"; give valid ones',
  },
])('createClient() refuses $name with one sentence', ({ options, says }) => {
  const error = thrownBy(() => createClient(options))
  expect(error).toMatchObject({ code: 'usage', attempts: 0 })
  expect((error as Error).message).toContain(`Cannot call the API: ${says}`)
  expect(inspect(error)).not.toMatch(/canary|secret|pass@|token=|schl/)
})

test.each([
  { name: 'http on localhost', baseUrl: 'http://localhost:4010' },
  { name: 'http on loopback, without a port', baseUrl: 'http://127.0.0.1' },
  { name: 'http on localhost, without a port', baseUrl: 'http://localhost/' },
  { name: 'http on 127.x', baseUrl: 'http://127.1:4010' },
  { name: 'http on ::1', baseUrl: 'http://[::1]:4010' },
  { name: 'https with a path and slashes', baseUrl: 'HTTPS://A.example:443/api//' },
])('createClient() takes $name', async ({ baseUrl }) => {
  const urls: string[] = []
  const fetch = async (url: string) => {
    urls.push(url)
    return Response.json({ count: 0, next: null, previous: null, results: [] })
  }
  const cekura = createClient({ apiKey, baseUrl, fetch })
  await cekura.callLogs.list({ agent_id: 1 })
  await cekura.raw.GET(operationDescriptors['callLogs.list'].path, {
    params: { query: { agent_id: 1 } },
  })
  const origin = new URL(baseUrl).href.replace(/\/+$/, '')
  expect(urls).toEqual(
    Array.from(
      { length: 2 },
      () => `${origin}${operationDescriptors['callLogs.list'].path}?agent_id=1`,
    ),
  )
})

test('createClient() takes the largest times, and nothing of what may be nothing', () => {
  const times = { timeout: 2 ** 31 - 1, totalTimeout: 2 ** 31 - 1 }
  const client = createClient({
    apiKey,
    ...times,
    maxRetries: 0,
    maxRetryAfter: 0,
    maxResponseBytes: 0,
  })
  expect(client.callLogs).toBeDefined()
})

test.each([
  ['without a process', undefined],
  ['whose process has no environment', {}],
  ['whose environment is empty', { env: {} }],
])('a runtime %s gives no key, and the hosted service as address', async (_, process) => {
  const was = Object.getOwnPropertyDescriptor(globalThis, 'process')!
  const urls: string[] = []
  const fetch = async (url: string) => {
    urls.push(new URL(url).origin)
    return Response.json({ count: 0, next: null, previous: null, results: [] })
  }
  Object.defineProperty(globalThis, 'process', { value: process, configurable: true })
  let error: unknown
  let client: ReturnType<typeof createClient>
  try {
    error = thrownBy(() => createClient({ fetch }))
    client = createClient({ apiKey, fetch })
  } finally {
    Object.defineProperty(globalThis, 'process', was)
  }
  expect(error).toMatchObject({ code: 'usage' })
  expect((error as Error).message).toContain('apiKey is "";')
  await client.callLogs.list({ agent_id: 1 })
  expect(urls).toEqual(['https://api.cekura.ai'])
})

test('key and address come from the environment, and blank counts as unset', async () => {
  const was = { ...process.env }
  const urls: string[] = []
  const keys: (string | null)[] = []
  const fetch = async (url: string, init: RequestInit) => {
    urls.push(new URL(url).origin)
    keys.push(new Headers(init.headers).get(apiKeyHeader))
    return Response.json({ count: 0, next: null, previous: null, results: [] })
  }
  try {
    process.env['CEKURA_API_KEY'] = ` ${apiKey}\n`
    process.env['CEKURA_API_URL'] = 'https://eu.example'
    await createClient({ fetch }).callLogs.list({ agent_id: 1 })
    process.env['CEKURA_API_URL'] = '  '
    await createClient({ fetch }).callLogs.list({ agent_id: 1 })
    process.env['CEKURA_API_KEY'] = ' '
    expect(() => createClient({ fetch })).toThrow('apiKey is "";')
  } finally {
    process.env = was
  }
  expect(urls).toEqual(['https://eu.example', 'https://api.cekura.ai'])
  expect(keys).toEqual([apiKey, apiKey])
})
