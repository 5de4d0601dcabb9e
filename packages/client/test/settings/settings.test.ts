import { createClient, type ClientOptions } from '@cekura-kit/client'
import { apiKeyHeader } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { catchCekuraError } from '../support/catch-error.ts'
import { createFetchOf, pageOf } from '../support/client-on.ts'

const apiKey = 'canary-key-123'
const page = pageOf([], null)

test('accepts the largest times, and 0 where it means "none"', () => {
  const maxMs = 2 ** 31 - 1
  const limits = {
    timeout: maxMs,
    totalTimeout: maxMs,
    maxRetryAfter: 0,
    maxRetries: 0,
    maxResponseBytes: 1,
  }
  expect(createClient({ apiKey, ...limits }).callLogs).toBeDefined()
})

test.each(['headers', 'hooks', 'fetch', 'timeout', 'baseUrl', 'apiKey', 'middleware'])(
  'an undefined %s is the default',
  async (option) => {
    const { fetch, urls } = createFetchOf(page)
    const wasKey = process.env['CEKURA_API_KEY']
    process.env['CEKURA_API_KEY'] = apiKey
    try {
      const client = createClient({
        apiKey,
        fetch,
        [option]: undefined,
        ...(option === 'fetch' && { fetch }),
      })
      await client.callLogs.list(
        { agent_id: 1 },
        { headers: undefined, signal: undefined, timeout: undefined },
      )
    } finally {
      if (wasKey === undefined) delete process.env['CEKURA_API_KEY']
      else process.env['CEKURA_API_KEY'] = wasKey
    }
    expect(urls).toHaveLength(1)
  },
)

test.each([
  ['without a process', undefined],
  ['whose process has no environment', {}],
  ['whose environment is empty', { env: {} }],
])('a runtime %s has no key, and the hosted API as baseUrl', async (_, process) => {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'process')!
  const { fetch, urls } = createFetchOf(page)
  let error: unknown
  let client: ReturnType<typeof createClient>
  Object.defineProperty(globalThis, 'process', { value: process, configurable: true })
  try {
    error = await catchCekuraError(() => createClient({ fetch }))
    client = createClient({ apiKey, fetch })
  } finally {
    Object.defineProperty(globalThis, 'process', original)
  }
  expect(error).toMatchObject({
    code: 'usage',
    reason: 'missing_api_key',
    message: 'No API key. Pass apiKey or set CEKURA_API_KEY.',
  })
  await client.callLogs.list({ agent_id: 1 })
  expect(new URL(urls[0]!).origin).toBe('https://api.cekura.ai')
})

test('reads key and baseUrl from the environment, and blank counts as unset', async () => {
  const original = { ...process.env }
  const seen: unknown[] = []
  const fetch: ClientOptions['fetch'] = async (url, { headers }) => {
    seen.push([new URL(url).origin, headers[apiKeyHeader.toLowerCase()]])
    return Response.json(page)
  }
  try {
    process.env['CEKURA_API_KEY'] = ` ${apiKey}\n`
    process.env['CEKURA_API_URL'] = 'https://eu.example'
    await createClient({ fetch }).callLogs.list({ agent_id: 1 })
    process.env['CEKURA_API_URL'] = '  '
    await createClient({ fetch }).callLogs.list({ agent_id: 1 })
    process.env['CEKURA_API_KEY'] = ' '
    expect(() => createClient({ fetch })).toThrow('No API key.')
    process.env['CEKURA_API_URL'] = 'nope'
    expect(() => createClient({ apiKey, fetch })).toThrow('Invalid baseUrl:')
  } finally {
    process.env = original
  }
  expect(seen).toEqual([
    ['https://eu.example', apiKey],
    ['https://api.cekura.ai', apiKey],
  ])
})

test('a blank option does not fall back to the environment', async () => {
  const original = { ...process.env }
  try {
    process.env['CEKURA_API_KEY'] = apiKey
    process.env['CEKURA_API_URL'] = 'https://eu.example'
    expect((await catchCekuraError(() => createClient({ apiKey: '' }))).reason).toBe(
      'missing_api_key',
    )
    expect((await catchCekuraError(() => createClient({ baseUrl: '' }))).reason).toBe(
      'invalid_option',
    )
  } finally {
    process.env = original
  }
})

test('a browser is rejected unless dangerouslyAllowBrowser is set', async () => {
  Object.assign(globalThis, { document: {} })
  try {
    const error = await catchCekuraError(() => createClient({ apiKey }))
    expect(error).toMatchObject({
      reason: 'invalid_option',
      details: { option: 'dangerouslyAllowBrowser' },
      message:
        'Browser use is blocked because the API key would be public. Set dangerouslyAllowBrowser to allow it.',
    })
    expect(createClient({ apiKey, dangerouslyAllowBrowser: true })).toBeDefined()
  } finally {
    Reflect.deleteProperty(globalThis, 'document')
  }
})

test.each([
  {
    how: 'throws',
    key: () => {
      throw new Error('vault is sealed')
    },
  },
  { how: 'rejects', key: () => Promise.reject(new Error('vault is sealed')) },
])('a key function that $how is authentication, and nothing is sent', async ({ key }) => {
  const { fetch, urls } = createFetchOf(page)
  const error = await catchCekuraError(
    createClient({ apiKey: key, fetch }).callLogs.list({ agent_id: 7 }),
  )
  expect(error).toMatchObject({
    code: 'authentication',
    reason: 'api_key_unavailable',
    attempts: 0,
    message: 'Cannot get the API key: the apiKey function failed. See error.cause.',
    cause: { message: 'vault is sealed' },
  })
  expect(urls).toEqual([])
})

test.each([
  null,
  undefined,
  '',
  ' ',
  5,
  true,
  {},
  [],
  ['key'],
  'a b',
  'a\n',
  'schlüssel',
  Number.NaN,
])('a key function that returns %j is usage, and nothing is sent', async (key) => {
  const { fetch, urls } = createFetchOf(page)
  const { callLogs } = createClient({ apiKey: () => key as string, fetch })
  const error = await catchCekuraError(callLogs.list({ agent_id: 7 }))
  expect(error).toMatchObject({ code: 'usage', attempts: 0 })
  expect(error.reason).toMatch(/^(missing|invalid)_api_key$/)
  expect(urls).toEqual([])
})
