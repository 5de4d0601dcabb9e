import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { operationDescriptors, specDigest } from '@cekura-kit/types'
import { afterAll, describe, expect, test } from 'vitest'
import { startMock, type MockMode, type MockOptions } from './index.ts'
import { control, everyCall, get, page } from './mock.test-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'mock-'))
afterAll(() => rmSync(folder, { recursive: true }))
const { path } = operationDescriptors['callLogs.list']

const other = (url: string): string => url.replace('127.0.0.1', '127.0.0.2')

test('static returns the first example of the document that the types come from', async () => {
  await using mock = await startMock()
  expect(mock.digest).toBe(specDigest)
  expect(await page(mock)).toMatchObject({ count: 7, previous: null })
  expect((await get(mock, {}, '')).status).toBe(401)
})

test('dynamic generates bodies', async () => {
  await using mock = await startMock({ mode: 'dynamic' })
  const [one, other] = await Promise.all([get(mock, {}), get(mock, {})])
  expect(await one.text()).not.toBe(await other.text())
})

test('close() frees both ports and can be called twice', async () => {
  const mock = await startMock({ mode: 'sandbox' })
  await mock.close()
  await mock.close()
  await expect(fetch(mock.url)).rejects.toThrow()
  await expect(fetch(mock.controlUrl)).rejects.toThrow()
})

test('close() does not wait for a request that a fault leaves without a response', async () => {
  const mock = await startMock({ mode: 'sandbox', transport: '*:stall' })
  const waiting = expect(get(mock, {})).rejects.toThrow()
  await expect.poll(async () => (await fetch(`${mock.controlUrl}/requests`)).json()).toHaveLength(1)
  await mock.close({ graceMs: 60_000 })
  await waiting
})

test('a mock on every interface has a URL for this machine; control stays on the loopback', async () => {
  await using mock = await startMock({ mode: 'sandbox', host: '0.0.0.0' })
  const local = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string
  expect([mock.url, mock.controlUrl]).toEqual([local, local])
  expect((await page(mock)).next).toContain(mock.url)
  expect((await fetch(other(mock.url))).status).toBe(404)
  await expect(fetch(other(mock.controlUrl))).rejects.toThrow()
})

test.each([
  ['http://mock:4010', 'http://mock:4010'],
  ['HTTP://Gateway.test:80/cekura/', 'http://gateway.test/cekura'],
  ['http://[::1]:4010', 'http://[::1]:4010'],
])('links start with the public URL %s', async (publicUrl, start) => {
  await using mock = await startMock({ mode: 'sandbox', publicUrl })
  expect((await page(mock)).next).toBe(`${start}${path}?agent_id=2142&page=2`)
})

test('an error at start states the fix', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  for (const options of [{ port }, { controlPort: port, mode: 'sandbox' as const }])
    await expect(startMock(options)).rejects.toThrow(
      `Port ${port} is in use. Choose another one, or 0 for a free port.`,
    )
  server.close()
  const broken = join(folder, 'broken.yaml')
  writeFileSync(broken, 'openapi: [')
  await expect(startMock({ spec: broken })).rejects.toThrow(/Cannot parse the spec/)
})

test('a callback that throws or rejects changes no response', async () => {
  const warnings: string[] = []
  const onWarning = ({ message }: Error): void => void warnings.push(message)
  process.on('warning', onWarning)
  for (const onViolations of [
    () => {
      throw new Error('thrown')
    },
    () => Promise.reject(new Error('rejected')),
  ]) {
    await using mock = await startMock({ mode: 'proxied', rows: 1, onViolations })
    await control(mock, '/faults', [{ status: 503 }])
    expect((await get(mock, {})).status).toBe(503)
  }
  await expect.poll(() => warnings.join()).toMatch(/thrown.*rejected/)
  process.off('warning', onWarning)
})

describe('options', () => {
  test.each<[MockOptions, RegExp]>([
    [{ mode: 'live' as never }, /Invalid mode "live": expected one of static, dynamic, sandbox/],
    [{ port: -1 }, /Invalid port -1: expected an integer from 0 to 65535/],
    [{ controlPort: 1.5 }, /Invalid controlPort 1\.5/],
    [{ rows: 100_001 }, /Invalid rows 100001: expected an integer from 0 to 100000/],
    [{ seed: 0.5 }, /Invalid seed 0\.5/],
    [{ startMs: -1 }, /Invalid startMs -1/],
    [{ endMs: Number.NaN }, /Invalid endMs null/],
    [{ endMs: 'tomorrow' as never }, /Invalid endMs "tomorrow"/],
    [{ startMs: 5, endMs: 5 }, /Invalid endMs 5: expected a time after startMs 5/],
    [{ profile: 'toString' as never }, /Invalid profile "toString"/],
    [{ assumptions: { order: 'x' as never } }, /Invalid assumption order "x": expected one of/],
    [{ assumptions: { unknownAgent: 401 as never } }, /expected one of empty, 404, 403/],
    [{ assumptions: { defaultDays: 0 } }, /Invalid defaultDays 0/],
    [{ assumptions: { pageSize: null as never } }, /Invalid pageSize null/],
    [{ assumptions: { paging: 1 } as never }, /unknown field "paging"/],
    [{ pageSize: 0 }, /Invalid pageSize 0/],
    [{ clock: '2025-01-15' }, /Invalid clock "2025-01-15": expected a date-time such as/],
    [{ latencyMs: 600_001 }, /Invalid latencyMs 600001/],
    [{ publicUrl: 'mock' }, /Invalid publicUrl: expected an http or https URL/],
    [{ publicUrl: 'ftp://mock' }, /Invalid publicUrl/],
    [{ upstream: 'https://user:secret@host' }, /Invalid upstream: (?!.*secret)/],
    [{ upstream: 'https://host?key=1' }, /Invalid upstream/],
    [{ upstream: 'https://:secret@host' }, /Invalid upstream: (?!.*secret)/],
    [{ transport: '0:reset' }, /the first request is 1/],
    [{ mode: 'live-proxy', transport: '1:reset' }, /Invalid transport: the live proxy has no/],
  ])('%j is an error before anything starts', async (options, message) => {
    await expect(startMock(options)).rejects.toThrow(message)
  })

  test('a mode without a sandbox has no data to change', async () => {
    await using mock = await startMock()
    await expect(mock.reset({ seed: 2 })).rejects.toThrow(/mode static has no sandbox/)
    expect((await control(mock, '/reset', { seed: 2 })).status).toBe(400)
    expect((await control(mock, '/reset', {})).status).toBe(204)
  })
})

describe('proxied', () => {
  test.each(['framework', 'published', 'inverted'] as const)(
    'every response of the %s profile matches the document',
    async (profile) => {
      await using mock = await startMock({ mode: 'proxied', rows: 60, profile })
      const queries: Record<string, string | number>[] = [
        {},
        { page: 0 },
        { page: 99 },
        { page_size: 999 },
        { page_size: 'x' },
        { pagesize: 1 },
        { agent_id: 1 },
        { agent_id: 'x' },
        { assistant_id: '' },
        { timestamp_from: '2020-01-01T00:00:00Z' },
      ]
      for (const query of queries) await get(mock, query)
      await get(mock, {}, '')
      await control(mock, '/faults', [{ status: 429, retryAfter: 3 }, { status: 500 }])
      expect([(await get(mock, {})).status, (await get(mock, {})).status]).toEqual([429, 500])
      const range = { timestamp_from: '2025-01-01T00:00:00Z', timestamp_to: '2025-02-01T00:00:00Z' }
      expect(await everyCall(mock, range)).toHaveLength(60)
      expect([mock.violations(), mock.unchecked()]).toEqual([[], []])
    },
  )

  test('a response that does not match becomes a 500, and its violation names the request', async () => {
    await using mock = await startMock({ mode: 'proxied', rows: 3 })
    const [call] = (await page(mock)).results
    await control(mock, '/update', { id: call!.id, status: 'überprüft' })
    const response = await get(mock, { call_ids: call!.id, page_size: 5 })
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ title: 'The response does not match the spec.' })
    expect(mock.violations()).toEqual([
      {
        method: 'GET',
        path,
        query: ['agent_id', 'call_ids', 'page_size'],
        status: 200,
        number: 2,
        severity: 'error',
        location: 'response.body.results.0.status',
        message: expect.stringContaining('must be equal to one of the allowed values') as string,
      },
    ])
    expect(await (await fetch(`${mock.controlUrl}/violations`)).json()).toEqual(mock.violations())
    await mock.reset()
    expect([mock.violations(), (await get(mock, {})).status]).toEqual([[], 200])
  })

  test('an undocumented error status passes and is listed', async () => {
    await using mock = await startMock({ mode: 'proxied', rows: 3 })
    await control(mock, '/faults', [{ status: 503 }])
    expect((await get(mock, {})).status).toBe(503)
    expect(mock.violations()).toMatchObject([{ path, status: 503, number: 1, severity: 'warning' }])
  })
})

test.each(['static', 'dynamic', 'sandbox', 'proxied'] satisfies MockMode[])(
  'connection faults apply in mode %s, and the next response is complete',
  async (mode) => {
    await using mock = await startMock({ mode, transport: '1:reset,2:truncate@20' })
    await expect(get(mock, {})).rejects.toThrow('fetch failed')
    await expect(get(mock, {}).then((response) => response.text())).rejects.toThrow('terminated')
    expect(typeof (await page(mock))).toBe('object')
    await control(mock, '/transport', '*:html-503')
    expect((await get(mock, {})).status).toBe(503)
    await mock.reset()
    await control(mock, '/transport', '')
    expect((await get(mock, {})).status).toBe(200)
    expect(mock.violations()).toEqual([])
  },
)
