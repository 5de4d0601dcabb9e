import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { apiKeyHeader, operationDescriptors, specDigest } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const bin = fileURLToPath(new URL('../bin.ts', import.meta.url))
const list = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${operationDescriptors['callLogs.list'].path}?agent_id=2142`, {
    headers: { accept: 'application/json', [apiKeyHeader]: 'k', ...headers },
  })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Ready {
  url: string
  controlUrl: string
  digest: string
  mode: string
  pid: number
}

const started: { kill(signal: NodeJS.Signals): boolean }[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** The executable, once it listens. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args, '--json'])
  started.push(child)
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, exit, ready: JSON.parse(line) as Ready, errors: () => stderr }
}

/** The same without a process, for what ends by itself. */
async function run(...args: string[]) {
  const out = { stdout: '', stderr: '' }
  const code = await runCommand(
    args,
    {
      stdout: { write: (text) => (out.stdout += text) },
      stderr: { write: (text) => (out.stderr += text) },
    },
    async () => {},
  )
  return { code, ...out }
}

test('--json prints one line when it listens', async () => {
  const { child, exit, ready } = await start('serve')
  expect(ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    digest: specDigest,
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    mode: 'static',
    pid: child.pid,
  })
  expect((await list(ready.url)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

/** Until the one request has reached the sandbox. */
const underWay = ({ controlUrl }: Ready) =>
  expect
    .poll(async () => (await fetch(`${controlUrl}/requests`)).json(), { interval: 20 })
    .toHaveLength(1)

test('SIGTERM lets a request under way end, and takes no further one', async () => {
  const { child, exit, ready } = await start('--mode', 'sandbox', '--transport', '*:latency@900')
  const response = list(ready.url)
  await underWay(ready)
  child.kill('SIGTERM')
  expect((await response).status).toBe(200)
  expect(await exit).toEqual([0, null])
  await expect(list(ready.url)).rejects.toThrow('fetch failed')
})

test('a second signal ends it at once', async () => {
  const { child, exit, ready } = await start('--mode', 'sandbox', '--transport', '*:latency@60000')
  const response = list(ready.url).catch(() => 'cut')
  await underWay(ready)
  child.kill('SIGTERM')
  child.kill('SIGINT')
  expect(await exit).toEqual([0, null])
  expect(await response).toBe('cut')
})

test('check is the judgement of the document alone', async () => {
  expect(await run('check')).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse((await run('check', '--json')).stdout)).toEqual({
    digest: specDigest,
    problems: [],
  })
  const old = join(folder, 'old.yaml')
  await writeFile(old, 'openapi: 3.0.3\ninfo: { title: t, version: 1 }\npaths: {}\n')
  const found = await run('check', old)
  expect([found.code, found.stdout]).toEqual([1, ''])
  expect(found.stderr).toContain('#/openapi: openapi is "3.0.3": expected 3.1.x\n')
  const json = await run('check', old, '--json')
  expect(json.code).toBe(1)
  expect(JSON.parse(json.stdout)).toMatchObject({ problems: [{ location: '#/openapi' }, {}, {}] })
})

test('proxy hands requests to a service and prints what its answers break', async () => {
  const { ready: service } = await start('--mode', 'sandbox', '--rows', '1')
  const { ready, errors, child, exit } = await start('proxy', service.url)
  expect([ready.mode, (await list(ready.url)).status]).toEqual(['live-proxy', 200])
  const { results } = (await (await list(ready.url)).json()) as { results: [{ id: number }] }
  await fetch(`${service.controlUrl}/update`, {
    method: 'POST',
    body: JSON.stringify({ id: results[0].id, status: 'nope' }),
  })
  expect((await list(ready.url, { [apiKeyHeader]: 'canary-key' })).status).toBe(200)
  await expect.poll(errors).toMatch(/^violation: response\.body\.results\.0\.status: .*\n/)
  expect(errors()).not.toContain('canary')
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

test('--watch mocks a good save at the same address, and keeps the old mock on a bad one', async () => {
  const spec = join(folder, 'openapi.json')
  await writeFile(spec, JSON.stringify(bundled))
  const { ready, errors } = await start('--spec', spec, '--watch')
  const count = async () => ((await (await list(ready.url)).json()) as { count: number }).count
  expect(await count()).toBe(7)

  await writeFile(spec, JSON.stringify(bundled).replace('"openapi":"3.1', '"openapi":"3.0'))
  await expect.poll(errors, { timeout: 20_000 }).toMatch(/Kept the old mock: .*expected 3\.1\.x/)
  await writeFile(spec, '{')
  await expect.poll(errors, { timeout: 20_000 }).toMatch(/Kept the old mock: Cannot parse the spec/)
  expect(await count()).toBe(7)

  // As an editor saves: another file takes the name.
  const draft = join(folder, 'draft')
  await writeFile(draft, JSON.stringify(bundled).replaceAll('"count":7', '"count":8'))
  await rename(draft, spec)
  await expect.poll(errors, { timeout: 20_000 }).toMatch(/Reloaded: [0-9a-f]{64}\n/)
  expect(await count()).toBe(8)
})

test('the executable prints its URL and three calls, and SIGINT ends it with 0', async () => {
  const child = spawn(process.execPath, [bin])
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  while (!output.includes('Ctrl+C')) await once(child.stdout, 'data')
  expect(output.match(/curl /g)).toHaveLength(3)
  const url = /at (http\S+)/.exec(output)![1]!
  expect((await list(url)).status).toBe(200)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
  await expect(list(url)).rejects.toThrow()
})

test.each([
  { args: ['--prot', '1'], want: /--prot.*see cekura-mock --help/ },
  { args: ['--port', 'x'], want: /Cannot read --port "x": give a whole number/ },
  { args: ['--port', '70000'], want: /port is 70000; give a whole number from 0 to 65535/ },
  { args: ['--port', '-1'], want: /--port wants a value; .* --port=VALUE/ },
  { args: ['--mode', 'live'], want: /no mode "live"; give one of static, dynamic/ },
  { args: ['--rows=-1', '--mode', 'sandbox'], want: /rows is -1; give a whole number/ },
  { args: ['--spec', '/nope.yaml'], want: /file not found/ },
  { args: ['--transport', '1:explode'], want: /there is no fault "explode"; give one of reset/ },
  {
    args: ['serve', '--watch'],
    want: /Cannot watch the document of the package: give --spec FILE/,
  },
  { args: ['serve', '--mode', 'live-proxy'], want: /write cekura-mock proxy \[URL\]/ },
  { args: ['serve', 'x'], want: /Unexpected argument 'x'.*see cekura-mock --help/ },
  { args: ['proxy', 'nowhere'], want: /upstream is no URL of a service; give https:\/\/host/ },
  { args: ['proxy', '--rows', '3'], want: /Unknown option '--rows'.*see cekura-mock --help/ },
  { args: ['check', '/nope.yaml'], want: /file not found/ },
  { args: ['start'], want: /no command "start"; give serve, proxy or check/ },
])('$args is refused with one sentence and exit 2', async ({ args, want }) => {
  const { code, stdout, stderr } = await run(...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(want)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test.each([
  ['openapi: 3.0.3\ninfo: { title: t, version: 1 }\npaths: {}\n', /3\.0\.3": expected 3\.1\.x/],
  ['{', /^Cannot parse the spec .*spec-1\.yaml/],
  ['just words', /spec-2\.yaml/],
  ['', /spec-3\.yaml/],
  ['a: &a [*a]', /spec-4\.yaml/],
])('a spec %j is refused with one sentence and exit 2', async (text, want) => {
  const file = join(folder, `spec-${badSpecs++}.yaml`)
  await writeFile(file, text)
  const { code, stdout, stderr } = await run('serve', '--spec', file)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(want)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
let badSpecs = 0

test('a spec that is a folder is refused with one sentence and exit 2', async () => {
  const { code, stderr } = await run('serve', '--spec', folder)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^Cannot read the spec .*: file not found\.\n$/)
})

test.each([
  ['0:reset', /request 0 never comes; the first request is 1/],
  ['5-3:reset', /"5-3:reset" ends before it begins; write 3-5/],
  ['1:reset,1:stall', /request 1 has two faults; leave one of them out/],
  ['p=2', /p is no probability; give one from 0 to 1/],
  ['1:truncate', /truncate wants bytes; write truncate@300/],
  ['often', /"often" is no entry of one; write/],
])('the fault schedule %s is refused with one sentence and exit 2', async (schedule, want) => {
  const { code, stdout, stderr } = await run('serve', '--transport', schedule)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(want)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('the process ends with that exit code', async () => {
  const child = spawn(process.execPath, [bin, '--mode', 'live'], { stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([2, null])
})

test('a port in use is refused with the fix', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  expect(await run('--port', String(port))).toEqual({
    code: 2,
    stdout: '',
    stderr: `Cannot start the mock on port ${port}: the port is in use; stop what uses it, or take port 0 for a free one\n`,
  })
  taken.close()
})
