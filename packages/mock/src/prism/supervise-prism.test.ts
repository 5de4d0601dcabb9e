// What ends or blocks Prism affects the open requests and no later one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { SpecDocument } from '@cekura-kit/spec'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterEach, expect, test } from 'vitest'
import { startMock } from '../index.ts'
import { readableHeaders } from './prism-backend.ts'
import { errorLine, forkPrism, type PrismProcess } from './prism-process.ts'
import { supervisePrism } from './supervise-prism.ts'

const document = bundled as unknown as SpecDocument
const path = `${operationDescriptors['callLogs.list'].path}?agent_id=2142`
const good = { headers: { [apiKeyHeader]: 'k', accept: 'application/json' } }

/** The document with a pattern that backtracks without end. */
function blockingDocument(): SpecDocument {
  const changed = structuredClone(bundled) as unknown as {
    components: { parameters: { AssistantId: { schema: object } } }
  }
  changed.components.parameters.AssistantId.schema = {
    type: 'string',
    pattern: String.raw`^(\w+)+$`,
  }
  return changed as unknown as SpecDocument
}
const blocking = `${path}&assistant_id=${'a'.repeat(60)}!`

let close: () => Promise<void> = async () => {}
afterEach(() => close())

function supervise(from: SpecDocument, withinMs?: number) {
  const processes: PrismProcess[] = []
  const prism = supervisePrism(
    { document: from, dynamic: false },
    {
      withinMs,
      async fork(start) {
        processes.push(await forkPrism(start))
        return processes.at(-1)!
      },
    },
  )
  close = prism.close
  const status = (at = path): Promise<number> =>
    prism.run(async ({ url }) => (await fetch(url + at, good)).status)
  return { prism, processes, status }
}

test('starts on first use, and again after it was ended', async () => {
  const { processes, status } = supervise(document)
  expect(processes).toHaveLength(0)
  expect(await status()).toBe(200)
  processes[0]!.kill()
  await processes[0]!.exited
  expect([await status(), await status(), processes.length]).toEqual([200, 200, 2])
})

test('a process that a request blocks is ended at the deadline, and the next one responds', async () => {
  const { processes, status } = supervise(blockingDocument(), 1500)
  expect(await status()).toBe(200)
  await expect(status(blocking)).rejects.toThrow(/did not respond within 1500 ms|fetch failed/)
  expect(await status()).toBe(200)
  expect(processes.map((one) => one.hasEnded())).toEqual([true, false])
})

test('another document takes over while requests are open, and none is lost', async () => {
  const { prism, processes, status } = supervise(blockingDocument())
  await prism.start()
  const open = [status(), status()]
  await prism.swap(document)
  expect(await Promise.all([...open, status(blocking)])).toEqual([200, 200, 200])
  await processes[0]!.exited
})

test('close() ends a process that is starting', async () => {
  const { prism, processes } = supervise(document)
  const started = prism.start()
  await prism.close()
  await started.catch(() => {})
  expect(processes.every((one) => one.hasEnded())).toBe(true)
})

test('a validation that is open when Prism ends is an error', async () => {
  const { prism } = supervise(document)
  await prism.start()
  const exchange = { method: 'GET', path: '/', query: [], status: 200, headers: {}, body: '' }
  await expect(
    prism.run((process) => {
      process.kill()
      return process.verify(exchange)
    }),
  ).rejects.toThrow('Prism ended')
})

test.each(['*', 'json', 'text/html;a', '', '*/', ';', '*;q=.2, */*;q=.2', 'text/*, *'])(
  'Accept "%s" has a response, and so has the next request',
  async (accept) => {
    await using mock = await startMock()
    const response = await fetch(mock.url + path, { headers: { ...good.headers, accept } })
    expect(response.status).toBeLessThan(501)
    expect((await fetch(mock.url + path, good)).status).toBe(200)
  },
)

test.each<[string, string, Record<string, string>]>([
  ['a code that Prefer does not know', path, { prefer: 'code=xyz' }],
  ['an undocumented code', path, { prefer: 'code=503' }],
  ['a code twice', `${path}&__code=404&__code=500`, {}],
  ['another server', `${path}&__server=http://x`, {}],
  ['a query that does not decode', `${path}&page=%ff%zz`, {}],
  ['a long query', `${path}&call_ids=${'1,'.repeat(5000)}1`, {}],
])('%s has a response, and so has the next request', async (_, at, headers) => {
  await using mock = await startMock()
  const response = await fetch(mock.url + at, { headers: { ...good.headers, ...headers } })
  await response.arrayBuffer()
  expect(response.status).toBeLessThan(501)
  expect((await fetch(mock.url + path, good)).status).toBe(200)
})

const accept = (value: string) => readableHeaders(['Accept', value, 'a', 'b'])[1]

test('an invalid range of Accept is removed, and nothing else', () => {
  expect(accept('text/html;q=0.5, application/json;v=1;q=1')).toBe(
    'text/html;q=0.5, application/json;v=1;q=1',
  )
  expect(accept('text/html, image/gif, *; q=.2, */*; q=.2')).toBe('text/html, image/gif, */*; q=.2')
  expect(accept('*')).toBe('*/*')
  expect(accept('text/html;a')).toBe('text/html')
})

test('the error of a process is reported, not its stack', () => {
  const stderr = `node:internal/modules/cjs/loader:1372
  throw err;
  ^

Error: Required package missing from disk: @stoplight/prism-core
    at Module._load (node:internal/modules/cjs/loader:1300:12)

Node.js v24.21.0
`
  expect(errorLine(stderr)).toBe('Error: Required package missing from disk: @stoplight/prism-core')
  expect(errorLine('TypeError [ERR_X]: bad\n  at x')).toBe('TypeError [ERR_X]: bad')
  expect(errorLine('\nkilled\n')).toBe('killed')
  expect(errorLine('')).toBe('')
})

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A program that starts a mock, and the process of its Prism. */
async function startProgram(env: Record<string, string>) {
  const script = `
    const { startMock } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)})
    const mock = await startMock()
    console.log(mock.url)`
  const program = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  })
  const [url] = (await once(createInterface(program.stdout), 'line')) as [string]
  const children = readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8')
  return { program, url, prism: Number(children.trim().split(' ')[0]) }
}

test('Prism ends with the program that started it, and inherits neither its key nor its options', async () => {
  const { program, url, prism } = await startProgram({
    CEKURA_API_KEY: 'CANARY-0123',
    NODE_OPTIONS: '--max-http-header-size=20000',
  })
  expect((await fetch(url + path, good)).status).toBe(200)
  const environment = readFileSync(`/proc/${prism}/environ`, 'utf8')
  expect(environment).not.toMatch(/CANARY|CEKURA|max-http/)
  program.kill('SIGKILL')
  await expect.poll(() => isRunning(prism), { timeout: 20_000 }).toBe(false)
})
