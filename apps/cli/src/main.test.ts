import { startMock } from '@cekura-kit/mock'

import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import '@cekura-kit/mock/vitest'
import { main } from './main.ts'

const { url } = inject('mock')

beforeEach(() => {
  vi.stubEnv('CEKURA_API_KEY', 'canary-key')
  vi.stubEnv('CEKURA_API_URL', url)
})
afterEach(() => void vi.unstubAllEnvs())

async function run(args: string[], isTTY = false) {
  const out = { stdout: '', stderr: '' }
  const code = await main(args, {
    stdout: { write: (text) => (out.stdout += text), isTTY, columns: 200 },
    stderr: { write: (text) => (out.stderr += text) },
  })
  return { code, ...out }
}

test('list prints a table for a person, its summary on stderr', async () => {
  const { code, stdout, stderr } = await run(['list', '--agent', '2142', '--limit', '3'], true)
  expect(code).toBe(0)
  const [titles, ...rows] = stdout.trim().split('\n')
  expect(titles).toMatch(/ID +WHEN \(UTC\) +LENGTH +STATUS/)
  expect(rows).toHaveLength(3)
  expect(rows[0]).toContain('2025-01-15 16:42')
  expect(stderr).toBe('3 calls: 2 succeeded, 1 failed, 1 reviewed.\n')
})

test('list keeps phone numbers and feedback out of the table', async () => {
  const { stdout } = await run(['list', '--agent', '2142', '--limit', '3'], true)
  expect(stdout).not.toMatch(/\+1555|order number/)
})

test('list prints one JSON object a line for a pipe, and nothing on stderr', async () => {
  const { stdout, stderr } = await run(['list', '--agent', '2142', '--limit', '2'])
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: number })
  expect(rows.map(({ id }) => id)).toEqual([481522, 481521])
  expect(stderr).toBe('')
})

test.each([
  { name: 'no agent', args: ['list'], code: 2, want: '--agent is missing' },
  {
    name: 'an agent that is no number',
    args: ['list', '--agent', 'x'],
    code: 2,
    want: '--agent is "x"',
  },
  {
    name: 'limit 0',
    args: ['list', '--agent', '1', '--limit', '0'],
    code: 2,
    want: '--limit is "0"',
  },
  {
    name: 'a negative limit',
    args: ['list', '--agent', '1', '--limit', '-1'],
    code: 2,
    want: "'--limit'",
  },
  { name: 'an unknown command', args: ['lst'], code: 2, want: 'Cannot run "lst"' },
  {
    name: 'an unknown flag',
    args: ['list', '--key', 'x'],
    code: 2,
    want: "Unknown option '--key'",
  },
  {
    name: 'no key',
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_KEY: '' },
    code: 2,
    want: 'set CEKURA_API_KEY',
  },
  {
    name: 'a key with a line break',
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_KEY: 'a\nb' },
    code: 2,
    want: 'a line break',
  },
  {
    name: 'a base URL that is none',
    args: ['list', '--agent', '1'],
    env: { CEKURA_API_URL: 'nope' },
    code: 2,
    want: '"nope" is not a URL',
  },
])('$name is one sentence with the fix', async ({ args, env = {}, code, want }) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const result = await run(args)
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toContain(want)
  expect(result.stderr.trim().split('\n')).toHaveLength(1)
  expect(result.stderr).not.toContain('canary-key')
})

test('a mock that is gone is one sentence and exit 1', async () => {
  const mock = await startMock()
  await mock.close()
  vi.stubEnv('CEKURA_API_URL', mock.url)
  expect(await run(['list', '--agent', '1'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^Cannot GET .* cannot be reached .*check the base URL and the network\n$/,
    ) as unknown,
  })
})

test('get prints the call logs of the ids in their order, and names those that are not there', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 30 })
  vi.stubEnv('CEKURA_API_URL', mock.url)
  const listed = await run(['list', '--agent', '2142', '--limit', '3'])
  const ids = listed.stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: number }).id)
  const wanted = [ids[2]!, ids[0]!]
  const { code, stdout, stderr } = await run([
    'get',
    ...wanted.map(String),
    '77',
    '--agent',
    '2142',
  ])
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: number }).id),
  ).toEqual(wanted)
  expect(stderr).toContain('Not there for agent 2142: 77')
  expect(code).toBe(1)
})
