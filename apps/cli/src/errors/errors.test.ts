import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'
import { answer, pages, serve } from '../serve.test-helper.ts'

// cspell:ignore agnet

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'errors-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (args: string[], url: string, options: CaptureOptions = {}) =>
  capture(args, {
    ...options,
    env: { CEKURA_API_KEY: 'canary-key-77', CEKURA_API_URL: url, ...options.env },
  })

test.each([
  { status: 400, code: 2, name: 'bad_request', fix: 'cekura-logs list --help' },
  { status: 401, code: 4, name: 'authentication', fix: 'cekura-logs doctor' },
  { status: 403, code: 4, name: 'permission', fix: 'cekura-logs doctor' },
  { status: 404, code: 1, name: 'not_found', fix: 'cekura-logs doctor' },
  { status: 429, code: 5, name: 'rate_limit', fix: '# later' },
  { status: 503, code: 5, name: 'server', fix: '--max-retries 8' },
  { status: 302, code: 1, name: 'api', fix: 'cekura-logs doctor' },
])('a $status ends with $code, its fix and its request id, as text and as JSON', async (row) => {
  await using service = await serve(
    answer(row.status, '{"detail":"No."}', { location: 'http://127.0.0.1:9/' }),
  )
  const { code, stdout, stderr } = await run(
    ['list', '--agent', '1', '--max-retries', '0', '--format', 'json'],
    service.url,
  )
  expect({ code, stdout }).toEqual({ code: row.code, stdout: '' })
  const lines = stderr.trim().split('\n')
  expect(lines.at(-3)).toMatch(/^Fix: /)
  expect(lines.at(-3)).toContain(row.fix)
  expect(lines.at(-2)).toBe('Request id: req-7')
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({
    error: { code: row.name, request_id: 'req-7', exit_code: row.code },
  })
  expect(stderr).not.toContain('canary')
})

test.each([400, 403, 500])(
  'text of a %i is one line of limited length that cannot control the terminal',
  async (status) => {
    const detail = `\u001B[2J\u009B31mNo.\nFix: rm -rf ~\r\u202Ex ${'long '.repeat(1000)}`
    await using service = await serve(answer(status, JSON.stringify({ detail })))
    const { stderr } = await run(['list', '--agent', '1', '--max-retries', '0'], service.url)
    expect(stderr.match(/^Fix: .*/gm)).toEqual([expect.stringMatching(/^Fix: cekura-logs /)])
    for (const line of stderr.split('\n')) {
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]/)
      expect(line.length).toBeLessThan(400)
    }
  },
)

test('with --json a failure is an object in the last line, also before the flags are read', async () => {
  await using service = await serve(answer(401, '{"detail":"No."}'))
  const wrong = ['--json', '-o', join(folder, 'none')]
  for (const [args, code, name] of [
    [['export', '--agent', '1', '--from', '7d', ...wrong], 4, 'authentication'],
    [['export', '--agent', '1', ...wrong], 2, 'usage'],
    [['export', '--agnet', '1', '--json'], 2, 'usage'],
  ] as const) {
    const { stderr } = await run([...args], service.url)
    const last = JSON.parse(stderr.trim().split('\n').at(-1)!) as unknown
    expect(last).toMatchObject({ error: { code: name, exit_code: code } })
  }
  const env = { CEKURA_FORMAT: 'json' }
  const misspelled = await run(['list', '--agnet', '1'], service.url, { env })
  const last = misspelled.stderr.trim().split('\n').at(-1)!
  expect(JSON.parse(last)).toMatchObject({ error: { exit_code: 2, request_id: null } })
})

test('--debug logs requests without values that can identify a person', async () => {
  await using service = await serve(pages(1))
  const list = ['list', '--agent', '1', '--assistant', 'asst_of_ada', '--debug']
  const { stderr } = await run(list, service.url)
  expect(stderr).toMatch(/^debug: GET \/observability\/v1\/call-logs\/, attempt 1\n/m)
  expect(stderr).toMatch(/^debug: 200 in \d+ ms, request id none$/m)
  expect(stderr).not.toContain('asst_of_ada')
})

test('an invalid body ends with 1, a stalled one with 5', async () => {
  await using wrong = await serve(answer(200, '<html>'))
  expect(await run(['list', '--agent', '1'], wrong.url)).toMatchObject({ code: 1, stdout: '' })
  await using stalled = await serve(() => {})
  const late = await run(
    ['list', '--agent', '1', '--timeout', '50ms', '--max-retries', '0'],
    stalled.url,
  )
  expect(late.code).toBe(5)
  expect(late.stderr).toContain('Fix: cekura-logs list --agent 1 --timeout 2m --max-retries 0')
})

test('the key comes from variable, file and stdin, and is in no output and no debug line', async () => {
  const keys: unknown[] = []
  await using service = await serve((request, response) => {
    keys.push(request.headers['x-cekura-api-key'])
    pages(1)(request, response)
  })
  const file = join(folder, 'key')
  writeFileSync(file, 'canary-of-file\n', { mode: 0o600 })
  const list = ['list', '--agent', '1', '--debug']
  const runs = [
    await run(list, service.url),
    await run([...list, '--api-key-file', file], service.url),
    await run([...list, '--api-key-file', '-'], service.url, { stdin: 'canary-of-stdin\n' }),
  ]
  expect(keys).toEqual(['canary-key-77', 'canary-of-file', 'canary-of-stdin'])
  for (const { code, stdout, stderr } of runs) {
    expect(code).toBe(0)
    expect(stderr).toMatch(/debug: GET \/observability\/v1\/call-logs\//)
    expect(stdout + stderr).not.toContain('canary')
  }
  chmodSync(file, 0o644)
  const open = await run([...list, '--api-key-file', file], service.url)
  expect(open.code).toBe(2)
  expect(open.stderr).toContain(`Fix: chmod 600 ${file}`)
})

test.each([
  ['--api-key', 'hunter2'],
  ['--api-key=hunter2hunter2'],
  ['--token', 'hunter2'],
  ['hunter2-canary-key-77'],
])('arguments that are a key are rejected and not repeated: %s', async (...args) => {
  const { code, stdout, stderr } = await run(['list', ...args], 'http://127.0.0.1:9', {})
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('API keys are not accepted as arguments')
  expect(stderr).not.toMatch(/hunter2|canary/)
})

test('a short key can be part of an argument', async () => {
  await using service = await serve(pages(1))
  const args = ['list', '--agent', '1', '--fields', 'topic']
  expect((await run(args, service.url, { env: { CEKURA_API_KEY: 'top' } })).code).toBe(0)
})

test('a provider id is not a key', async () => {
  await using service = await serve(pages(1))
  for (const id of ['5b1d7a52-8c1e-4d57-9a53-0f3a1f9c2b77', '0123456789abcdef0123456789abcdef'])
    for (const flag of ['--assistant', '--call-id', '--topic'])
      expect((await run(['list', '--agent', '1', flag, id], service.url)).code).toBe(0)
})

test('stdout of every command with --json is one document, whatever is on stderr', async () => {
  await using service = await serve(pages(3))
  const lines = [
    ['list', '--agent', '1'],
    ['get', '1'],
    ['stats', '--agent', '1'],
  ]
  for (const line of lines) {
    const { stdout } = await run([...line, '--json', '--debug'], service.url)
    expect(JSON.parse(stdout)).toMatchObject({ schema_version: 1 })
  }
})

test('an unexpected error says how to report it; its stack needs --debug', async () => {
  await using service = await serve(pages(1))
  const broken = (args: string[]) => run(args, service.url, { now: Number.NaN })
  const quiet = await broken(['list', '--agent', '1'])
  expect(quiet.code).toBe(1)
  expect(quiet.stderr).toMatch(
    /Unexpected error: RangeError: .*\nFix: cekura-logs doctor --json  # report at https/,
  )
  expect(quiet.stderr).not.toMatch(/^ +at /m)
  expect((await broken(['list', '--agent', '1', '--debug'])).stderr).toMatch(/^ +at /m)
})
