// Every way out is a command line that a shell takes, with what has to be said behind a #.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { afterAll, expect, test } from 'vitest'
import { capture } from './captured.test-helper.ts'
import { createProgram } from './program.ts'
import { answer, serve } from './serve.test-helper.ts'

// cspell:ignore agnet succezz

const folder = mkdtempSync(join(tmpdir(), 'fixes-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

/** The words that a shell hands to a program of that name. */
function wordsOf(line: string, name: string): string[] {
  const script = `${name}() { printf '%s\\0' "$@"; }; ${line}`
  const env = { PATH: process.env['PATH'], HOME: folder }
  return execFileSync('bash', ['-c', script], { encoding: 'utf8', env, stdio: 'pipe' })
    .split('\0')
    .slice(0, -1)
}

const programs = ['cekura-logs', 'chmod', 'curl', 'date', 'ls', 'npm', 'rm']

/** @returns what the fix of a failure says, after a shell has taken it */
function checkFix(stderr: string): string {
  const fix = /^Fix: (.*)$/m.exec(stderr)?.[1] ?? ''
  const command = fix.split('  # ')[0]!
  const steps = command.split(' && ')
  for (const step of steps) {
    const first = step.replace(/^NODE_EXTRA_CA_CERTS=\S+ /, '').split(' ')[0]!
    if (first === 'export') {
      // One variable: what stands behind it would be names of others.
      expect(step).toMatch(/^export [A-Z_]+=("\$\([^)"]+\)"|[\w:/.-]+)$/)
      continue
    }
    expect(programs).toContain(first)
    const words = wordsOf(step, first)
    expect(words.length).toBeGreaterThan(0)
    if (first !== 'cekura-logs') continue
    const program = createProgram(() => undefined as never, '0', {
      width: 80,
      isColored: false,
      write: () => {},
    })
    for (const command of program.commands) command.action(() => {})
    if (words.includes('--help')) continue
    // Commander refuses what it does not know.
    program.parse(words, { from: 'user' })
  }
  return fix
}

const range = ['--agent', '1', '--from', '2025-01-01', '--to', '2025-01-03']
const to = (name: string): string[] => ['-o', at(name)]

test.each([
  { args: ['lst'], want: 'cekura-logs list' },
  { args: ['list', '--agnet', '1'], want: 'cekura-logs list --agent 1' },
  { args: ['list', '--api-key', 'x'], want: 'export CEKURA_API_KEY=' },
  { args: ['list', '--agent', '1'], env: { CEKURA_API_KEY: '' }, want: 'export CEKURA_API_KEY=' },
  {
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_URL: 'https://other.invalid' },
    want: 'cekura-logs list --agent 1 --allow-host other.invalid',
  },
  { args: ['list', '--agent', '1', '--config', at('no json')], want: 'help environment' },
  {
    args: ['list', '--agent', '1', '--from', '2025-01-05', '--to', '2025-01-01'],
    want: 'cekura-logs list --agent 1 --from 2025-01-01 --to 2025-01-05',
  },
  {
    args: ['stats', '--agent', '1', '--from', '2025-01-05', '--to', '2025-01-05'],
    want: 'cekura-logs stats --agent 1 --from 2025-01-05 --to 2025-01-06',
  },
  { args: ['export', '--agent', '1', '--from', 'now', ...to('a')], want: '--from 7d' },
  { args: ['export', '--agent', '1', '--from', '5m', ...to('a')], want: '--from 7d' },
  { args: ['export', '--agent', '1', '--from', '2099-01-01', ...to('a')], want: '--from 7d' },
  { args: ['export', ...range, '-o', '-'], want: '--output calls.ndjson' },
  { args: ['export', ...range, '-o', ''], want: '--output calls.ndjson' },
  { args: ['export', ...range, ...to('new/')], want: `--output ${at('new/calls.ndjson')}` },
  { args: ['export', ...range, '-o', '/dev/null'], want: '--output calls.ndjson' },
  { args: ['export', ...range, ...to('no json/a')], want: `${at('no json')}.ndjson` },
  { args: ['export', ...range, '--partition', 'day', ...to('no json')], want: '.days' },
  { args: ['export', ...range, '--verify', ...to('a')], want: '# to export first' },
  { args: ['export', ...range, '--resume', ...to('a')], want: '# to begin' },
  { args: ['export', ...range, '--verify', '--dry-run', ...to('a')], want: '--verify -o' },
  { args: ['export', ...range, '--shard', '1/2', ...to('a')], want: '--partition day' },
  {
    args: [
      'export',
      '--agent',
      '1',
      '--from',
      '7d',
      '--partition=day',
      '--shard',
      '1/2',
      ...to('a'),
    ],
    want: /--from \d{4}-\d\d-\d\d --to \d{4}-\d\d-\d\d$/,
  },
  {
    args: ['export', ...range, '--partition=day', '--pii=hash', '--shard=1/2', ...to('a')],
    want: 'export CEKURA_HASH_KEY=',
  },
  { args: ['export', ...range, ...to('s'), '--state', at('s')], want: `--state ${at('s')}.state` },
  {
    args: ['export', ...range, ...to('s'), '--state', at('./s.manifest.json')],
    want: `--state ${at('s')}.state`,
  },
  {
    args: ['export', ...range, '--format=parquet', ...to('s'), '--state', at('s.metrics.parquet')],
    want: `--state ${at('s')}.state`,
  },
  { args: ['export', ...range, ...to('s'), '--state', tmpdir()], want: `--state ${tmpdir()}/` },
  { args: ['list', '--agent', '1', '--limit'], want: 'cekura-logs list --help' },
  { args: ['list', '--agent', '1', '--assistant', ''], want: 'cekura-logs list --help' },
  { args: ['merge', '--agent', '1', ...to('lake')], want: '--shard 1/4 -o' },
  { args: ['sql', at('a.ndjson'), 'SELECT 1'], want: 'cekura-logs export' },
  { args: ['stats', at('no json')], want: 'cekura-logs export' },
  { args: ['get', 'x', '--agent', '1'], want: 'cekura-logs list' },
  { args: ['completion', 'nu'], want: 'cekura-logs completion bash' },
])('the way out of $args is a command', async ({ args, env = {}, want }) => {
  writeFileSync(at('no json'), 'x', { mode: 0o600 })
  const { code, stdout, stderr } = await capture(args, {
    env: { CEKURA_API_KEY: 'canary-key-88', CEKURA_API_URL: 'http://127.0.0.1:9', ...env },
  })
  expect(code).not.toBe(0)
  expect(stdout).toBe('')
  expect(checkFix(stderr)).toMatch(want)
})

test.each([400, 401, 403, 404, 429, 500, 302, 200])(
  'the way out of a %i is a command, which asks the same service about the same agent',
  async (status) => {
    await using service = await serve(answer(status, '{}', { location: 'http://127.0.0.1:9/' }))
    const given = ['--agent', '7', '--api-url', service.url, '--max-retries', '0']
    for (const args of [['list'], ['export', '--from', '7d', ...to('b')], ['doctor']]) {
      const { stdout, stderr } = await capture([...args, ...given], {
        env: { CEKURA_API_KEY: 'canary-key-88' },
      })
      const fix = checkFix(args[0] === 'doctor' ? stdout.replace(/^ +Fix/m, 'Fix') : stderr)
      if (fix.startsWith('cekura-logs doctor') && !fix.endsWith('--help'))
        expect(fix).toMatch(`cekura-logs doctor --agent 7 --api-url ${service.url}`)
    }
  },
)

test('a name that is nowhere, a port nobody listens at and a service without TLS are told apart', async () => {
  const env = { CEKURA_API_KEY: 'canary-key-88' }
  const list = ['list', '--agent', '1', '--max-retries', '0', '--allow-host', 'nowhere.invalid']
  const ask = (url: string) => capture([...list, '--api-url', url], { env })
  expect((await ask('https://nowhere.invalid')).stderr).toMatch(
    /Cannot connect to https:\/\/nowhere\.invalid \(host not found, (ENOTFOUND|EAI_AGAIN)\)\.\nFix: cekura-logs doctor/,
  )
  let gone: string
  {
    await using service = await serve(answer(200, '{}'))
    gone = service.url
  }
  expect((await ask(gone)).stderr).toContain('(connection refused, ECONNREFUSED).')
  await using plain = await serve(answer(200, '{}'))
  const secure = await ask(plain.url.replace('http:', 'https:'))
  expect(secure.code).toBe(5)
  expect(secure.stderr).toMatch(/\(not a TLS server, ERR_SSL_\w+\)\.\n/)
})

test('a folder is told from a file that is in its place', async () => {
  mkdirSync(at('there'))
  const { stderr } = await capture(['export', ...range, ...to('there')])
  expect(stderr).toContain('is a folder, and one file is to be written')
  expect(checkFix(stderr)).toContain(`--output ${at('there/calls.ndjson')}`)
})

test('a file of an export that cannot be read is written anew by the way out', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 50 })
  const env = { CEKURA_API_KEY: 'canary-key-88', CEKURA_API_URL: mock.url }
  const path = at('one of them.ndjson')
  const line = ['export', '--agent', '2142', '--from', '2025-01-01', '--to', '2025-02-01']
  expect((await capture([...line, '--pii', 'mask', '-o', path], { env })).code).toBe(0)
  const before = readFileSync(path, 'utf8')
  // Of the same size, so that nothing else tells.
  writeFileSync(path, before.replace('{', '['))
  const { stderr } = await capture(['stats', path], { env })
  const [remove, again] = checkFix(stderr).split(' && ')
  expect(wordsOf(remove!, 'rm')).toEqual([path])
  rmSync(path)
  expect((await capture(wordsOf(again!, 'cekura-logs'), { env })).code).toBe(0)
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test('the way out of --verify makes the files what they were', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 50 })
  const env = { CEKURA_API_KEY: 'canary-key-88', CEKURA_API_URL: mock.url }
  const path = at('verified')
  const line = [
    'export',
    '--agent',
    '2142',
    '--from',
    '2025-01-01',
    '--to',
    '2025-02-01',
    '-o',
    path,
  ]
  await capture(line, { env })
  const before = readFileSync(path, 'utf8')
  writeFileSync(path, before.replace('success', 'succezz'))
  const { code, stderr } = await capture([...line, '--verify'], { env })
  expect(code).toBe(6)
  const [, remove, again] = /anew what is not as it was: (rm -f .*) && (.*)\n/.exec(stderr)!
  expect(wordsOf(remove!, 'rm')).toEqual(['-f', path])
  rmSync(path)
  expect((await capture(wordsOf(again!, 'cekura-logs'), { env })).code).toBe(0)
  expect(readFileSync(path, 'utf8')).toBe(before)
  expect((await capture([...line, '--verify'], { env })).code).toBe(0)
})

test('an export that had no time is given more by the way out, one that was asked too much asks less', async () => {
  const given = ['--agent', '7', '--from', '7d', '--max-retries', '0', '--timeout', '50ms']
  const ask = async (url: string): Promise<string> => {
    const env = { CEKURA_API_KEY: 'canary-key-88', CEKURA_API_URL: url }
    const output = to(`of-${new URL(url).port}`)
    return checkFix((await capture(['export', ...given, ...output], { env })).stderr)
  }
  await using slow = await serve(() => {})
  expect(await ask(slow.url)).toMatch(/^cekura-logs export .* --timeout 2m$/)
  await using busy = await serve(answer(429, '{}'))
  expect(await ask(busy.url)).toMatch(/^cekura-logs export .* --max-rps 1$/)
})
