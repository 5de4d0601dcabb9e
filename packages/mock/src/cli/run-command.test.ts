import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
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

/** The same without a process, for commands that end. */
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

test('--json prints one line when the mock listens', async () => {
  const { child, exit, ready } = await start('serve')
  expect(ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    digest: specDigest,
    mode: 'sandbox',
    pid: child.pid,
  })
  expect((await list(ready.url)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

/** Resolves when the request has reached the sandbox. */
const underWay = ({ controlUrl }: Ready) =>
  expect
    .poll(async () => (await fetch(`${controlUrl}/requests`)).json(), { interval: 20 })
    .toHaveLength(1)

test('SIGTERM lets an open request finish and accepts no other', async () => {
  const { child, exit, ready } = await start('--transport', '*:latency@900')
  const response = list(ready.url)
  await underWay(ready)
  child.kill('SIGTERM')
  expect((await response).status).toBe(200)
  expect(await exit).toEqual([0, null])
  await expect(list(ready.url)).rejects.toThrow('fetch failed')
})

test('a second signal ends the process at once', async () => {
  const { child, exit, ready } = await start('--transport', '*:latency@60000')
  const response = list(ready.url).catch(() => 'capped')
  await underWay(ready)
  child.kill('SIGTERM')
  child.kill('SIGINT')
  expect(await exit).toEqual([0, null])
  expect(await response).toBe('capped')
})

test('check reports the problems of the document', async () => {
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

test('proxy forwards requests and prints violations with their request', async () => {
  const { ready: service } = await start('--mode', 'sandbox', '--rows', '1')
  const { ready, errors, child, exit } = await start('proxy', service.url)
  expect([ready.mode, (await list(ready.url)).status]).toEqual(['live-proxy', 200])
  const { results } = (await (await list(ready.url)).json()) as { results: [{ id: number }] }
  await fetch(`${service.controlUrl}/update`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: results[0].id, status: 'nope' }),
  })
  expect((await list(ready.url, { [apiKeyHeader]: 'canary-key' })).status).toBe(200)
  await expect
    .poll(errors)
    .toMatch(
      /^violation: request 3: GET \S+\?agent_id → 200: response\.body\.results\.0\.status: .*\n/,
    )
  expect(errors()).not.toContain('canary')
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

test('--watch reloads a valid document at the same URL and keeps the mock for an invalid one', async () => {
  const spec = join(folder, 'openapi.json')
  await writeFile(spec, JSON.stringify(bundled))
  const { ready, errors } = await start('--mode', 'static', '--spec', spec, '--watch')
  const count = async () => ((await (await list(ready.url)).json()) as { count: number }).count
  expect(await count()).toBe(7)

  await writeFile(spec, JSON.stringify(bundled).replace('"openapi":"3.1', '"openapi":"3.0'))
  await expect
    .poll(errors, { timeout: 20_000 })
    .toMatch(/Reload failed; still serving the previous document: .*expected 3\.1\.x/)
  await writeFile(spec, '{')
  await expect
    .poll(errors, { timeout: 20_000 })
    .toMatch(/Reload failed; still serving the previous document: Cannot parse the spec/)
  expect(await count()).toBe(7)

  // As an editor saves: another file takes the name.
  const draft = join(folder, 'draft')
  await writeFile(draft, JSON.stringify(bundled).replaceAll('"count":7', '"count":8'))
  await rename(draft, spec)
  await expect.poll(errors, { timeout: 20_000 }).toMatch(/Reloaded: [0-9a-f]{64}\n/)
  expect(await count()).toBe(8)
})

test('the executable prints its URL and three requests, and SIGINT ends it with exit code 0', async () => {
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
  { args: ['--prot', '1'], want: /--prot.*Run cekura-mock --help/ },
  { args: ['--port', 'x'], want: /Invalid --port "x": expected an integer/ },
  { args: ['--port', '70000'], want: /Invalid port 70000: expected an integer from 0 to 65535/ },
  { args: ['--port', '-1'], want: /Missing value of --port.* --port=VALUE/ },
  { args: ['--mode', 'live'], want: /Invalid mode "live": expected one of static, dynamic/ },
  { args: ['--rows=-1', '--mode', 'sandbox'], want: /Invalid rows -1: expected an integer/ },
  { args: ['--spec', '/nope.yaml'], want: /file not found/ },
  {
    args: ['--transport', '1:explode'],
    want: /Invalid connection fault "explode": expected one of reset/,
  },
  {
    args: ['serve', '--watch'],
    want: /Missing --spec/,
  },
  { args: ['serve', '--mode', 'live-proxy'], want: /Run cekura-mock proxy \[URL\]/ },
  { args: ['serve', 'x'], want: /Unexpected argument 'x'.*Run cekura-mock --help/ },
  { args: ['proxy', 'nowhere'], want: /Invalid upstream: expected an http or https URL/ },
  { args: ['proxy', '--rows', '3'], want: /Unknown option '--rows'.*Run cekura-mock --help/ },
  { args: ['check', '/nope.yaml'], want: /file not found/ },
  { args: ['start'], want: /Unknown command "start"/ },
])('$args is one line and exit code 2', async ({ args, want }) => {
  const { code, stdout, stderr } = await run(...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(want)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test.each([
  ['openapi: 3.0.3\ninfo: { title: t, version: 1 }\npaths: {}\n', /3\.0\.3": expected 3\.1\.x/],
  ['{', /^Cannot parse the spec .*spec-1\.yaml/],
  ['plain text', /spec-2\.yaml/],
  ['', /spec-3\.yaml/],
  ['a: &a [*a]', /spec-4\.yaml/],
])('a spec %j is one line and exit code 2', async (text, want) => {
  const file = join(folder, `spec-${badSpecs++}.yaml`)
  await writeFile(file, text)
  const { code, stdout, stderr } = await run('serve', '--spec', file)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(want)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
let badSpecs = 0

test('a spec that is a folder is one line and exit code 2', async () => {
  const { code, stderr } = await run('serve', '--spec', folder)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^Cannot read the spec .*: file not found\.\n$/)
})

test.each([
  ['0:reset', /the first request is 1/],
  ['5-3:reset', /"5-3:reset" ends before it starts/],
  ['1:reset,1:stall', /request 1 has two faults/],
  ['p=2', /expected p from 0 to 1/],
  ['1:truncate', /expected bytes, such as truncate@300/],
  ['often', /expected "1:reset/],
])('the fault schedule %s is one line and exit code 2', async (schedule, want) => {
  const { code, stdout, stderr } = await run('serve', '--transport', schedule)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(want)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('the process ends with that exit code', async () => {
  const child = spawn(process.execPath, [bin, '--mode', 'live'], { stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([2, null])
})

test('a port in use is an error with the fix', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  expect(await run('--port', String(port))).toEqual({
    code: 2,
    stdout: '',
    stderr: `Port ${port} is in use. Choose another one, or 0 for a free port.\n`,
  })
  taken.close()
})

test('control characters of foreign text are escaped', async () => {
  const { stderr } = await run('check', '/no\u001b[2J\u202Esuch')
  expect(stderr).toContain(String.raw`/no\u001b[2J\u202esuch`)
  for (const risky of ['\u001b', '\u202e']) expect(stderr).not.toContain(risky)
})

test('--watch reloads when a symbolic link on the way to the file is replaced', async () => {
  const mounted = join(folder, 'mounted')
  await mkdir(join(mounted, '..1'), { recursive: true })
  await mkdir(join(mounted, '..2'))
  const text = JSON.stringify(bundled)
  await writeFile(join(mounted, '..1/openapi.json'), text)
  await writeFile(join(mounted, '..2/openapi.json'), text.replaceAll('"count":7', '"count":8'))
  await symlink('..1', join(mounted, '..data'))
  const spec = join(mounted, 'openapi.json')
  await symlink('..data/openapi.json', spec)
  const { errors } = await start('--mode', 'static', '--spec', spec, '--watch')
  await symlink('..2', join(mounted, '..next'))
  await rename(join(mounted, '..next'), join(mounted, '..data'))
  await expect.poll(errors, { timeout: 20_000 }).toMatch(/Reloaded: [0-9a-f]{64}\n/)
})
