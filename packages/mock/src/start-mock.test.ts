import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiKeyHeader, operationDescriptors, specDigest } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { control } from './ask-mock.test-helper.ts'
import { startMock, type Mock, type MockOptions } from './index.ts'

const list = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${operationDescriptors['callLogs.list'].path}?agent_id=2142`, {
    headers: { accept: 'application/json', [apiKeyHeader]: 'k', ...headers },
  })

test('startMock() answers the first example, and refuses a call without a key', async () => {
  await using mock = await startMock()
  const response = await list(mock.url)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ count: 7, previous: null })
  expect((await list(mock.url, { [apiKeyHeader]: '' })).status).toBe(401)
})

test('the mock is built from the bytes the types were generated from', async () => {
  await using mock = await startMock()
  expect(mock.digest).toBe(specDigest)
})

test('dynamic bodies are made up', async () => {
  await using mock = await startMock({ mode: 'dynamic' })
  const [one, other] = await Promise.all([list(mock.url), list(mock.url)])
  expect(await one.text()).not.toBe(await other.text())
})

test('a request that ends the process is survived on the same port', async () => {
  await using mock = await startMock()
  await list(mock.url, { accept: '*' }).catch(() => {})
  const status = (): Promise<number> =>
    list(mock.url).then(
      (response) => response.status,
      () => 0,
    )
  await expect.poll(status, { timeout: 10_000 }).toBe(200)
}, 30_000)

test('close() frees the port and may be called twice', async () => {
  const mock = await startMock()
  await mock.close()
  await mock.close()
  await expect(list(mock.url)).rejects.toThrow()
})

test('what listens everywhere has a URL that leads there, and control stays on the loopback', async () => {
  await using mock = await startMock({ mode: 'sandbox', host: '0.0.0.0' })
  expect([mock.url, mock.controlUrl]).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  ])
  expect(((await (await list(mock.url)).json()) as { next: string }).next).toContain(mock.url)
  expect((await list(mock.url.replace('127.0.0.1', '127.0.0.2'))).status).toBe(200)
  expect(await (await fetch(`${mock.controlUrl}/health`)).json()).toEqual({ status: 'ok' })
  await expect(fetch(mock.controlUrl.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow()
})

test('control listens where it is told to, and links begin with the public URL', async () => {
  const publicUrl = 'http://mock:4010'
  await using mock = await startMock({ mode: 'sandbox', controlHost: '0.0.0.0', publicUrl })
  const everywhere = mock.controlUrl.replace('127.0.0.1', '127.0.0.2')
  expect((await fetch(`${everywhere}/health`)).status).toBe(200)
  expect(((await (await list(mock.url)).json()) as { next: string }).next).toContain(publicUrl)
  const controlPort = Number(new URL(mock.controlUrl).port)
  await expect(startMock({ controlPort })).rejects.toThrow(
    `port ${controlPort}: the port is in use`,
  )
  await expect(startMock({ publicUrl: 'mock' })).rejects.toThrow('give a URL as http://mock:4010')
})

async function fingerprint(options: MockOptions, use?: (mock: Mock) => Promise<unknown>) {
  await using mock = await startMock({ mode: 'sandbox', ...options })
  await use?.(mock)
  return mock.fingerprint
}

test('the fingerprint is of the document and the calls, not of where and how they are served', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mock-'))
  const spec = join(folder, 'openapi.json')
  await writeFile(spec, JSON.stringify(bundled).replace('"count":7', '"count":8'))
  const [one, ...same] = await Promise.all([
    fingerprint({}),
    fingerprint({ latencyMs: 5, transport: '*:reset', host: 'localhost' }),
    fingerprint({}, (mock) => control(mock, '/delete', [200_000_500])),
  ])
  expect(same).toEqual([one, one])
  expect(await fingerprint({ spec })).not.toBe(one)
  expect(await fingerprint({}, (mock) => control(mock, '/reset', { seed: 3 }))).not.toBe(one)
  await rm(folder, { recursive: true })
})

test('a port in use, an impossible port and a bad document are refused with the fix', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  await expect(startMock({ port })).rejects.toThrow(`port ${port}: the port is in use; stop what`)
  taken.close()
  await expect(startMock({ port: -1 })).rejects.toThrow('give a whole number from 0 to 65535')

  const folder = await mkdtemp(join(tmpdir(), 'mock-'))
  const broken = join(folder, 'broken.yaml')
  await writeFile(broken, 'openapi: [')
  await expect(startMock({ spec: broken })).rejects.toThrow(/Cannot parse the spec .*broken\.yaml/)
  const old = join(folder, 'old.yaml')
  await writeFile(old, 'openapi: 3.0.3\ninfo: { title: t, version: 1 }\npaths: {}\n')
  await expect(startMock({ spec: old })).rejects.toThrow(/expected 3\.1\.x/)
})
