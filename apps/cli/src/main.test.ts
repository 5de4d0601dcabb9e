import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { afterAll, expect, inject, test } from 'vitest'
import '@cekura-kit/mock/vitest'
import { commands } from './commands.ts'
import { capture, type CaptureOptions } from './captured.test-helper.ts'
import { createProcessIo } from './io.ts'
import { main } from './main.ts'
import { readOptions } from './options/flag.ts'
import { parseCommandLine } from './options/parse-command-line.ts'

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
  expect(titles).toMatch(/ID +TIMESTAMP \(UTC\) +DURATION +STATUS/)
  expect(rows).toHaveLength(3)
  expect(rows[0]).toContain('2025-01-15 16:42')
  expect(stderr).toMatch(/^Showing the latest calls up to .*\nShowing 3 of \d+ calls\./)
})

test('in a terminal the table comes before the messages about it', async () => {
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
    isTTY: { stdout: true, stderr: true },
    env: { ...env, NO_COLOR: '1', XDG_CONFIG_HOME: '/nowhere' },
  })
  expect(written).toEqual(['stderr: Showing', 'stdout: TOPIC', 'stderr: Showing'])
})

test('a table has no phone numbers and no feedback by default', async () => {
  const { stdout } = await run(['list', '--agent', '2142', '--limit', '3'], { isTTY: true })
  expect(stdout).not.toMatch(/\+1555|order number/)
})

test('list prints one JSON object per line in a pipe; --quiet hides messages', async () => {
  const { stdout, stderr } = await run(['list', '--agent', '2142', '--limit', '2', '--quiet'])
  expect(idsOf(stdout)).toEqual([481522, 481521])
  expect(stderr).toBe('')
})

test('the name without a command shows the commands', async () => {
  const { code, stdout, stderr } = await run([])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^List, export .*\n\nUsage:[^]*Commands:\n[^]*export[^]*Flags:/)
})

test.each([
  {
    name: 'a flag of another command',
    args: ['list', '--agent', '1', '--restart'],
    want: 'Unknown flag "--restart".\nFix: cekura-logs list --help\n',
  },
  {
    name: 'an invalid value in front of the command',
    args: ['--agent', '1', '--limit', '0', 'list'],
    want: '--limit "0": expected an integer ≥ 1.\nFix: cekura-logs list --help\n',
  },
  {
    name: 'a contradiction in front of the command',
    args: ['--agent', '1', '--from', '2025-01-02', '--to', '2025-01-01', 'stats'],
    want: 'Fix: cekura-logs stats --agent 1 --from 2025-01-01 --to 2025-01-02\n',
  },
  { name: 'get without an id', args: ['get'], want: 'Missing id.' },
  {
    name: 'a word too many',
    args: ['list', 'extra'],
    want: 'Unexpected argument "extra".',
  },
  { name: 'no agent', args: ['list'], want: 'Missing --agent.' },
  {
    name: 'an export of nothing',
    args: ['export'],
    want: 'Fix: cekura-logs export --agent <agent-id> --from 30d --output calls.ndjson\n',
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
  { name: 'an invalid id', args: ['list', '--agent', '0'], want: '--agent "0"' },
  { name: 'limit 0', args: ['list', '--agent', '1', '--limit', '0'], want: '--limit "0"' },
  {
    name: 'a negative limit',
    args: ['list', '--agent', '1', '--limit', '-1'],
    want: '--limit "-1"',
  },
  { name: 'an unknown command', args: ['lst'], want: 'Did you mean "list"?' },
  { name: 'a misspelled flag', args: ['list', '--agnet', '1'], want: 'Did you mean "--agent"?' },
  {
    name: 'no key',
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_KEY: '' },
    want: 'No API key.',
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
    want: '"nope": expected a URL',
  },
])('$name is reported with a fix, and ends with 2', async ({ args, env: more = {}, want }) => {
  const { code, stdout, stderr } = await run(args, { env: more })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(want)
  expect(stderr).toMatch(/\nFix: .*(cekura-logs|export CEKURA)/)
  expect(stderr).not.toContain('canary-key')
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

test('every command line of the README is one that the program takes', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const blocks = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, text]) =>
    text!.split('\n'),
  )
  const lines = blocks.filter((line) => line.startsWith('cekura-logs '))
  expect(lines.length).toBeGreaterThan(15)
  for (const line of lines) {
    const [command] = line.split(/ +[#|<>]/)
    const words = command!.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''))
    const readLine = (): void => {
      const { command: found, ...typed } = parseCommandLine(words.slice(1), commands)
      const config = { path: '', exists: false, values: {} }
      readOptions(found!.flags, { ...typed, env: {}, config })
    }
    expect(readLine, line).not.toThrow()
  }
})

test('the README has the exit codes that help tells', async () => {
  const { stdout } = await run(['help', 'exit-codes'], {
    isTTY: true,
    columns: 200,
    env: { NO_COLOR: '1' },
  })
  const printed = [...stdout.matchAll(/^ {2}(\d+) +(.+)$/gm)].map(
    ([, code, text]) => `${code} ${text}`,
  )
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const written = [...readme.matchAll(/^\| (\d+) +\| (.+?) +\|$/gm)].map(
    ([, code, text]) => `${code} ${text}`,
  )
  expect(printed.length).toBeGreaterThan(5)
  expect(written).toEqual(printed)
})
