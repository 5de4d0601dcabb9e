import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { afterAll, expect, inject, test } from 'vitest'
import '@cekura-kit/mock/vitest'
import { capture, type CaptureOptions } from './captured.test-helper.ts'
import { createProcessIo } from './io.ts'
import { main } from './main.ts'

// cspell:ignore agnet

const { url } = inject('mock')
const blank = mkdtempSync(join(tmpdir(), 'a folder-'))
afterAll(() => rmdirSync(blank))
const env = { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: url }
const run = (args: string[], options: CaptureOptions = {}) =>
  capture(args, { ...options, env: { ...env, ...options.env } })
const idsOf = (ndjson: string): number[] =>
  ndjson
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: number }).id)

test('list prints a table for a person, window and summary on stderr', async () => {
  const { code, stdout, stderr } = await run(['list', '--agent', '2142', '--limit', '3'], {
    isTTY: true,
    env: { NO_COLOR: '1' },
  })
  expect(code).toBe(0)
  const [titles, ...rows] = stdout.trim().split('\n')
  expect(titles).toMatch(/ID +WHEN \(UTC\) +LENGTH +STATUS/)
  expect(rows).toHaveLength(3)
  expect(rows[0]).toContain('2025-01-15 16:42')
  expect(stderr).toMatch(/^Window: up to .*\n3 calls: 2 succeeded, 1 failed, 1 reviewed\./)
})

test('on a terminal the table stands before what is said about it', async () => {
  const written: string[] = []
  const sink = (name: string) => ({
    write(text: string, done: () => void) {
      written.push(`${name}: ${text.split(' ').find(Boolean)}`)
      done()
    },
  })
  await main(['list', '--agent', '2142', '--limit', '3', '--fields', 'topic,id'], {
    ...createProcessIo(process, new AbortController().signal),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    isTTY: { stdin: true, stdout: true, stderr: true },
    env: { ...env, NO_COLOR: '1', XDG_CONFIG_HOME: '/nowhere' },
  })
  expect(written).toEqual(['stderr: Window:', 'stdout: topic', 'stderr: 3'])
})

test('list keeps phone numbers and feedback out of the table', async () => {
  const { stdout } = await run(['list', '--agent', '2142', '--limit', '3'], { isTTY: true })
  expect(stdout).not.toMatch(/\+1555|order number/)
})

test('list prints one JSON object a line for a pipe; --quiet silences stderr', async () => {
  const { stdout, stderr } = await run(['list', '--agent', '2142', '--limit', '2', '--quiet'])
  expect(idsOf(stdout)).toEqual([481522, 481521])
  expect(stderr).toBe('')
})

test('the name alone tells what there is', async () => {
  const { code, stdout, stderr } = await run([])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^Call logs .*\n\nExamples:[^]*Commands:[^]*export/)
})

test.each([
  {
    name: 'a flag of a command before its name',
    args: ['--agent', '1', '--json', 'list'],
    want: '--agent is a flag of list, and stands before it\nFix: cekura-logs list --agent 1 --json\n',
  },
  { name: 'get without an id', args: ['get', '--agent', '1'], want: 'no id is given' },
  {
    name: 'a word too many',
    args: ['list', 'extra'],
    want: 'list takes no words, and "extra" is one',
  },
  { name: 'no agent', args: ['list'], want: '--agent is missing' },
  {
    name: 'an export of nothing',
    args: ['export'],
    want: 'Fix: cekura-logs export --agent 2142 --from 30d --output calls.ndjson\n',
  },
  {
    name: 'an export without an end',
    args: ['export', '--agent', '1', '--from=7d', '--format', 'csv'],
    want: 'Fix: cekura-logs export --agent 1 --from=7d --format csv --output calls.csv\n',
  },
  {
    name: 'a folder with a blank in its name where a file is to be',
    args: ['export', '--agent', '1', '--from', '7d', '-o', blank],
    want: `Fix: cekura-logs export --agent 1 --from 7d --output '${blank}/calls.ndjson'\n`,
  },
  {
    name: 'a folder where a file is to be',
    args: ['export', '--agent', '1', '--from', '7d', '-o', '/tmp'],
    want: 'Fix: cekura-logs export --agent 1 --from 7d --output /tmp/calls.ndjson\n',
  },
  { name: 'an agent that is no number', args: ['list', '--agent', 'x'], want: '--agent "x"' },
  { name: 'limit 0', args: ['list', '--agent', '1', '--limit', '0'], want: '--limit "0"' },
  {
    name: 'a negative limit',
    args: ['list', '--agent', '1', '--limit', '-1'],
    want: '--limit "-1"',
  },
  { name: 'an unknown command', args: ['lst'], want: 'did you mean list?' },
  { name: 'a misspelled flag', args: ['list', '--agnet', '1'], want: 'did you mean --agent?' },
  {
    name: 'no key',
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_KEY: '' },
    want: 'there is no API key',
  },
  {
    name: 'a key with a line break',
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_KEY: 'a\nb' },
    want: 'line break',
  },
  {
    name: 'a base URL that is none',
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_URL: 'nope' },
    want: '"nope": it is not a URL',
  },
])('$name is reported with a fix, and ends with 2', async ({ args, env: more = {}, want }) => {
  const { code, stdout, stderr } = await run(args, { env: more })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(want)
  expect(stderr).toMatch(/\nFix: .*(cekura-logs|export CEKURA)/)
  expect(stderr).not.toContain('canary-key')
})

test('a Node that is too old is told with the one that is wanted', async () => {
  for (const [nodeVersion, code] of [
    ['22.15.1', 2],
    ['20.20.2', 2],
    ['22.16.0', 0],
    ['24.0.0', 0],
  ] as const) {
    const result = await run(['list', '--agent', '2142', '--limit', '1'], { nodeVersion })
    expect({ nodeVersion, code: result.code }).toEqual({ nodeVersion, code })
    if (code === 2)
      expect(result.stderr).toMatch(
        `Cannot run on Node ${nodeVersion}: it takes 22.16 or newer\nFix: node --version  # `,
      )
  }
})

test('a mock that is gone ends with 5', async () => {
  const mock = await startMock()
  await mock.close()
  const { code, stderr } = await run(['list', '--agent', '1', '--max-retries', '0'], {
    env: { CEKURA_API_URL: mock.url },
  })
  expect(stderr).toMatch(
    /Cannot connect to .* \(connection refused, ECONNREFUSED\)\.\nFix: cekura-logs doctor --agent 1\n$/,
  )
  expect(code).toBe(5)
})

test('get prints the calls of the ids in their order, and names those that are not there', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 30 })
  const there = { env: { CEKURA_API_URL: mock.url } }
  const listed = await run(['list', '--agent', '2142', '--limit', '3'], there)
  const ids = idsOf(listed.stdout)
  const wanted = [ids[2]!, ids[0]!]
  const { code, stdout, stderr } = await run(
    ['get', ...wanted.map(String), '77', '--agent', '2142'],
    there,
  )
  expect(idsOf(stdout)).toEqual(wanted)
  expect(stderr).toContain('1 of 3 calls not found for agent 2142: 77.')
  expect(code).toBe(1)
  const piped = await run(['get', '-', '--agent', '2142'], {
    ...there,
    stdin: `${wanted.join('\n')}\n`,
  })
  expect(idsOf(piped.stdout)).toEqual(wanted)
})

test('the README has the exit codes that help tells', async () => {
  const { stdout } = await run(['help', 'exit-codes'], {
    isTTY: true,
    columns: 200,
    env: { NO_COLOR: '1' },
  })
  const told = [...stdout.matchAll(/^ {2}(\d+) +(.+)$/gm)].map(
    ([, code, text]) => `${code} ${text}`,
  )
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const written = [...readme.matchAll(/^\| (\d+) +\| (.+?) +\|$/gm)].map(
    ([, code, text]) => `${code} ${text}`,
  )
  expect(told.length).toBeGreaterThan(5)
  expect(written).toEqual(told)
})
