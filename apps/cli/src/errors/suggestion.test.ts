// Every suggestion is a command line that a shell accepts, with remarks after a #.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { afterAll, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { commands } from '../commands.ts'
import { readOptions } from '../options/flag.ts'
import { parseCommandLine } from '../options/parse-command-line.ts'
import { answer, serve } from '../serve.test-helper.ts'

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

const programs = ['cekura-logs', 'chmod', 'curl', 'date', 'ls', 'mv', 'node']

/** @returns what the fix of a failure says, after a shell has taken it */
function checkFix(stderr: string): string {
  const fix = /^Fix: (.*)$/m.exec(stderr)?.[1] ?? ''
  expect(fix).not.toMatch(/--restart|\brm\b|2142/)
  // A placeholder is not a value.
  const command = fix.split('  # ')[0]!.replaceAll(/<([a-z-]+)>/g, '$1')
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
    if (words.includes('--help')) continue
    const typed = words.map((word) => (word === 'agent-id' ? '7' : word))
    const line = parseCommandLine(typed, commands)
    const config = { path: '', exists: false, values: {} }
    readOptions(line.command!.flags, { ...line, env: {}, config })
  }
  return fix
}

const range = ['--agent', '1', '--from', '2025-01-01', '--to', '2025-01-03']
const to = (name: string): string[] => ['-o', at(name)]

test.each([
  { args: ['lst'], want: 'cekura-logs list' },
  { args: ['list', '--agnet', '1'], want: 'cekura-logs list --agent 1' },
  { args: ['list', '--api-key', 'x'], want: 'export CEKURA_API_KEY=<api-key>' },
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
  { args: ['list', '--agent', '1', '--limit'], want: 'cekura-logs list --help' },
  { args: ['list', '--agent', '1', '--assistant', ''], want: 'cekura-logs list --help' },
  { args: ['get', 'x'], want: 'cekura-logs list' },
  { args: ['completion', 'nu'], want: 'cekura-logs completion bash' },
])('the suggestion for $args is a command', async ({ args, env = {}, want }) => {
  writeFileSync(at('no json'), 'x', { mode: 0o600 })
  const { code, stdout, stderr } = await capture(args, {
    env: { CEKURA_API_KEY: 'canary-key-88', CEKURA_API_URL: 'http://127.0.0.1:9', ...env },
  })
  expect(code).not.toBe(0)
  expect(stdout).toBe('')
  expect(checkFix(stderr)).toMatch(want)
})

test.each([400, 401, 403, 404, 429, 500, 302, 200])(
  'the suggestion for a %i is a command for the same API and agent',
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

test('unknown hosts, closed ports and servers without TLS have different messages', async () => {
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

test('a folder in place of a file is an error', async () => {
  mkdirSync(at('there'))
  const { stderr } = await capture(['export', ...range, ...to('there')])
  expect(stderr).toContain('is a folder')
  expect(checkFix(stderr)).toContain(`--output ${at('there/calls.ndjson')}`)
})

test('two rules for personal data are an error, and the suggestion shows less', async () => {
  const { stderr } = await capture([
    'export',
    ...range,
    ...to('a.csv'),
    '--pii',
    'drop',
    '--show-pii',
  ])
  expect(stderr).toContain('--show-pii and --pii cannot be combined.')
  expect(checkFix(stderr)).toMatch(/--pii drop$/)
})

test('an export with other arguments is suggested next to the old one, and runs there', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 50 })
  const env = { CEKURA_API_KEY: 'canary-key-88', CEKURA_API_URL: mock.url }
  const path = at('first.ndjson')
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
  for (const other of [
    ['--pii', 'drop'],
    ['--deleted', 'drop'],
    ['--agent', '9'],
  ]) {
    const { code, stderr } = await capture([...line, ...other], { env })
    expect(code).toBe(7)
    const fix = /^Fix: (.*)$/m.exec(stderr)![1]!
    expect(fix).toMatch(/first-\d+\.ndjson/)
    expect((await capture(wordsOf(fix, 'cekura-logs'), { env })).code).toBe(0)
  }
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test('a timeout suggests more time, a rate limit fewer requests', async () => {
  const given = ['--agent', '7', '--from', '7d', '--max-retries', '0', '--timeout', '50ms']
  const ask = async (url: string): Promise<string> => {
    const env = { CEKURA_API_KEY: 'canary-key-88', CEKURA_API_URL: url }
    const output = to(`of-${new URL(url).port}`)
    return checkFix((await capture(['export', ...given, ...output], { env })).stderr)
  }
  await using slow = await serve(() => {})
  expect(await ask(slow.url)).toMatch(/^cekura-logs export .* --timeout 2m /)
  await using busy = await serve(answer(429, '{}'))
  expect(await ask(busy.url)).toMatch(/^cekura-logs export .* --concurrency 1$/)
})
