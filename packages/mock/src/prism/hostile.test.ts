// What ends, blocks or silences Prism must cost one request and no more.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, createServer } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SpecDocument } from '@cekura-kit/spec'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GatewayRequest } from '../gateway/start-gateway.ts'
import { startMock, type Mock, type Violation } from '../index.ts'
import { createPrismBackend, readableHeaders } from './prism-backend.ts'
import { forkPrism, type PrismStart } from './prism-process.ts'
import { supervisePrism, type PrismSupervisor, type SupervisorOptions } from './supervise-prism.ts'

const path = `${operationDescriptors['callLogs.list'].path}?agent_id=2142`
const good = { headers: { [apiKeyHeader]: 'k', accept: 'application/json' } }
const backtracking = `${path}&assistant_id=${'a'.repeat(60)}!`

/** The document with a parameter pattern that backtracks for ever, and a status beyond ASCII. */
function hostileDocument(): SpecDocument {
  const document = structuredClone(bundled) as unknown as {
    components: {
      parameters: { AssistantId: { schema: object } }
      schemas: { CallLogStatus: { enum: string[] } }
    }
  }
  document.components.parameters.AssistantId.schema = {
    type: 'string',
    pattern: String.raw`^(\w+)+$`,
  }
  document.components.schemas.CallLogStatus.enum.push('überprüft')
  return document as unknown as SpecDocument
}

const request = (over: Partial<GatewayRequest> = {}): GatewayRequest => ({
  method: 'GET',
  path,
  headers: Object.entries(good.headers).flat(),
  body: Buffer.alloc(0),
  signal: new AbortController().signal,
  ...over,
})

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...good.headers, 'content-type': 'application/json', ...headers },
})

describe('static', () => {
  let mock: Mock
  beforeAll(async () => {
    mock = await startMock()
  })
  afterAll(() => mock.close())

  test.each<[string, RequestInit, string?]>([
    ...['*', 'json', 'text/html;a', '', '*/', ';', '*;q=.2, */*;q=.2', 'text/*, *'].map(
      (accept): [string, RequestInit] => [
        `Accept "${accept}"`,
        { headers: { ...good.headers, accept } },
      ],
    ),
    ['a JSON body that does not parse', post('{"a":')],
    ['a JSON body cut in a letter', post('{"a":"\ud800')],
    ['an empty JSON body', post('')],
    [
      'a JSON body with a charset',
      post('{"a":', { 'content-type': 'application/json; charset=x' }),
    ],
    [
      'a JSON body in a charset that is none',
      post('{}', { 'content-type': 'application/json; charset=x' }),
    ],
    ['a JSON body said to be zipped', post('{}', { 'content-encoding': 'gzip' })],
    [
      'a text body said to be zipped',
      post('x', { 'content-encoding': 'gzip', 'content-type': 'text/plain' }),
    ],
    ['a body of two megabytes', post('x'.repeat(2_000_000))],
    ['a content type that is none', post('x', { 'content-type': 'json' })],
    ['a header that Prefer does not know', { headers: { ...good.headers, prefer: 'code=xyz' } }],
    ['an undocumented code', { headers: { ...good.headers, prefer: 'code=503' } }],
    ['a code twice', good, `${path}&__code=404&__code=500`],
    ['another server', good, `${path}&__server=http://x`],
    ['a path that is no URL', good, '//'],
    ['a path that does not decode', good, `${path}&page=%ff%zz`],
    ['a long query', good, `${path}&call_ids=${'1,'.repeat(5000)}1`],
    ['HEAD', { ...good, method: 'HEAD' }],
    ['OPTIONS', { ...good, method: 'OPTIONS' }],
    ['DELETE', { ...good, method: 'DELETE' }],
    ['no header at all', {}],
  ])('%s is answered, and so is the next request', async (_, init, at = path) => {
    const response = await fetch(mock.url + at, init)
    await response.arrayBuffer()
    expect(response.status).toBeLessThan(501)
    expect((await fetch(mock.url + path, good)).status).toBe(200)
  })
})

const accept = (value: string) => readableHeaders(['Accept', value, 'a', 'b']).slice(0, 2)[1]

test('a range of Accept that is none is left out, and nothing else', () => {
  expect(accept('text/html;q=0.5, application/json;v=1;q=1')).toBe(
    'text/html;q=0.5, application/json;v=1;q=1',
  )
  expect(accept('text/html, image/gif, *; q=.2, */*; q=.2')).toBe('text/html, image/gif, */*; q=.2')
  expect(accept('*')).toBe('*/*')
  expect(accept('text/html;a')).toBe('text/html')
  expect(readableHeaders(['Accept', '*', 'a', '*'])).toEqual(['Accept', '*/*', 'a', '*'])
})

describe('a document that lets requests block Prism', () => {
  let prism: PrismSupervisor
  const violations: Violation[] = []
  const ask = (over?: Partial<GatewayRequest>, withinMs = 30_000) =>
    createPrismBackend({
      prism,
      withinMs,
      verifies: true,
      onViolations: (found) => violations.push(...found),
    })
      .answer(request(over))
      .then(({ status }) => status)

  beforeAll(async () => {
    prism = await supervisePrism({ document: hostileDocument(), dynamic: false })
  })
  afterAll(() => prism.close())

  test('requests that block it cost their own answers; those behind them wait for the next', async () => {
    const { child } = await prism.running()
    const all = await Promise.all([ask({ path: backtracking }), ask({ path: backtracking }), ask()])
    expect(all).toEqual([502, 502, 200])
    expect(child.signalCode).toBe('SIGKILL')
    const lost = { location: '', message: 'Prism ended before it had judged an answer' }
    expect(violations).toEqual([lost, lost])
  })

  test('a process that is ended from outside is replaced', async () => {
    const { child } = await prism.running()
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await ask()).toBe(200)
  })

  test('a stopped process is ended, and replaced', async () => {
    const { child, isAlive } = await prism.running()
    child.kill('SIGSTOP')
    expect(await isAlive()).toBe(false)
    expect(await ask()).toBe(200)
  })

  test('a client that hangs up takes its request along', async () => {
    const hangUp = new AbortController()
    const answer = ask({ signal: hangUp.signal })
    hangUp.abort()
    await expect(answer).rejects.toThrow(/abort/)
    expect((await prism.running()).waiting.size).toBe(0)
  })

  test('another document takes over while requests are under way', async () => {
    const before = await prism.running()
    const underWay = ask()
    await prism.swap(bundled as unknown as SpecDocument)
    expect(await underWay).toBe(200)
    expect(before.child.killed).toBe(true)
    // The pattern that blocked is gone.
    expect(await ask({ path: backtracking })).toBe(200)
  })
})

describe('a process to take over', () => {
  const document = bundled as unknown as SpecDocument
  /** A supervisor whose processes can be waited for. */
  async function start(options: SupervisorOptions = {}, from: Partial<PrismStart> = {}) {
    const forked: ReturnType<typeof forkPrism>[] = []
    const prism = await supervisePrism(
      { document, ...from },
      {
        ...options,
        fork(given) {
          forked.push(forkPrism(given))
          return forked.at(-1)!
        },
      },
    )
    const { answer } = createPrismBackend({
      prism,
      withinMs: 30_000,
      verifies: false,
      onViolations: () => {},
    })
    const nth = async (n: number) => {
      await expect.poll(() => forked.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(n)
      return forked[n - 1]!
    }
    return { prism, forked, nth, ask: async () => (await answer(request())).status }
  }

  test('is made ready beside the first, and answers once that has ended', async () => {
    const { prism, forked, nth, ask } = await start({ spareAfterMs: 0 })
    const [first, spare] = [await prism.running(), await nth(2)]
    expect(await ask()).toBe(200)
    first.child.kill('SIGKILL')
    await first.exited
    expect((await prism.running()).child.pid).toBe(spare.child.pid)
    expect(await ask()).toBe(200)
    // And the next one is made ready.
    await nth(3)
    await prism.close()
    for (const process of await Promise.all(forked)) await process.exited
  })

  test('is not used when it has ended itself', async () => {
    const { prism, nth, ask } = await start({ spareAfterMs: 0 })
    const [first, spare] = [await prism.running(), await nth(2)]
    spare.child.kill('SIGKILL')
    await spare.exited
    first.child.kill('SIGKILL')
    await first.exited
    expect(await ask()).toBe(200)
    await prism.close()
  })

  test('does not answer by the document before', async () => {
    const { prism, nth } = await start({ spareAfterMs: 0 })
    const spare = await nth(2)
    await prism.swap(hostileDocument())
    await spare.exited
    expect((await prism.running()).child.pid).not.toBe(spare.child.pid)
    await prism.close()
  })

  test('does so when the first has grown large, and no request is lost', async () => {
    const { prism, nth, ask } = await start({ leastAnswers: 20 }, { mostResidentBytes: 1 })
    const first = await prism.running()
    const statuses = new Set<number>()
    const clients = Array.from({ length: 4 }, async () => {
      while ((await prism.running()) === first) statuses.add(await ask())
    })
    await Promise.all(clients)
    await first.exited
    expect(first.answered).toBeGreaterThanOrEqual(20)
    expect([...statuses]).toEqual([200])
    expect((await prism.running()).child.pid).toBe((await nth(2)).child.pid)
    expect(await ask()).toBe(200)
    await prism.close()
  })

  test('is ended with the first, also while it starts', async () => {
    const { prism, forked } = await start({ spareAfterMs: 0 })
    await expect.poll(() => forked.length, { timeout: 20_000 }).toBe(2)
    await prism.close()
    for (const { child } of await Promise.all(forked)) expect(isRunning(child.pid!)).toBe(false)
  })

  test('is not started for a mock that is closed before', async () => {
    const { prism, forked } = await start({ spareAfterMs: 60_000 })
    await prism.close()
    expect(forked).toHaveLength(1)
  })
})

test('an answer that never comes is given up with 504', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const process = { url, agent: new Agent(), waiting: new Set(), isAlive: async () => true }
  const backend = createPrismBackend({
    prism: { running: async () => process } as unknown as PrismSupervisor,
    withinMs: 30,
    verifies: true,
    onViolations: () => {},
  })
  expect((await backend.answer(request())).status).toBe(504)
  expect(process.waiting.size).toBe(0)
  silent.closeAllConnections()
  silent.close()
})

test('a violation beyond ASCII is reported, and does not end Prism', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mock-'))
  try {
    const spec = join(folder, 'openapi.json')
    await writeFile(spec, JSON.stringify(hostileDocument()))
    await using mock = await startMock({ mode: 'proxied', rows: 1, spec })
    const { results } = (await (await fetch(mock.url + path, good)).json()) as {
      results: [{ id: number }]
    }
    await fetch(`${mock.controlUrl}/update`, {
      method: 'POST',
      body: JSON.stringify({ id: results[0].id, status: 'nope' }),
    })
    expect((await fetch(mock.url + path, good)).status).toBe(500)
    expect(mock.violations()[0]!.message).toContain('überprüft')
  } finally {
    await rm(folder, { recursive: true })
  }
})

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test.each(['idle', 'blocked'])('Prism, %s, ends when its parent is killed', async (state) => {
  const script = `
    const { forkPrism } = await import(${JSON.stringify(new URL('prism-process.ts', import.meta.url).href)})
    const prism = await forkPrism({ document: ${JSON.stringify(hostileDocument())}, dynamic: false })
    console.log(JSON.stringify({ pid: prism.child.pid, url: prism.url }))`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string]
  const { pid, url } = JSON.parse(line) as { pid: number; url: string }
  const last = fetch(url + (state === 'blocked' ? backtracking : path), good)
  if (state === 'idle') await last
  else last.catch(() => {})
  expect(isRunning(pid)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false)
})
