import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'

const startMs = Date.parse('2026-10-01T00:00:00Z')
const range = ['--from', '2026-10-01', '--to', '2026-10-08']

let mock: Awaited<ReturnType<typeof startMock>>
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 300, startMs, endMs: startMs + 7 * 86_400_000 })
})
afterAll(() => mock.close())

const run = (args: string[], more: string[] = range) =>
  capture(['check', ...args, ...more, '--agent', '2142'], {
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url },
  })

test('limits that hold end with 0 and print nothing on stdout', async () => {
  const { code, stdout, stderr } = await run(['--min-success', '1', '--max-p90', '10h'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(stderr.match(/^Passed: /gm)).toHaveLength(2)
})

test('each breach is one line, and the exit code is 1', async () => {
  const { code, stdout } = await run(['--min-success', '99.5%', '--max-p90', '1s'])
  expect(code).toBe(1)
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(
    /^Breach: success rate \d+\.\d% of \d+ evaluated calls, expected ≥ 99\.5%\.$/,
  )
  expect(lines[1]).toMatch(/^Breach: p90 duration \d+:\d\d of \d+ calls, expected ≤ 0:01\.$/)
})

test('JSON has the value of each limit', async () => {
  const { code, stdout } = await run(['--min-success', '99', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    schema_version: 1,
    agent_id: 2142,
    passed: false,
    limits: [{ limit: 'min_success', expected: 0.99, result: 'breached' }],
  })
})

test('a limit with fewer than 30 calls is not checked: a warning, and exit code 6', async () => {
  const { code, stderr } = await run(
    ['--min-success', '99', '--max-p90', '1s', '--quiet'],
    ['--from', '2026-10-01', '--to', '2026-10-01T01:00:00Z'],
  )
  expect(code).toBe(6)
  expect(stderr.match(/^Not checked, below 30 calls: /gm)).toHaveLength(2)
  const empty = ['--from', '2020-01-01', '--to', '2020-01-02']
  const { code: ofNone, stdout } = await run(['--min-success', '99', '--json'], empty)
  expect(ofNone).toBe(6)
  expect(JSON.parse(stdout)).toMatchObject({
    passed: null,
    limits: [{ calls: 0, value: null, result: 'too_few_calls' }],
  })
})

test.each([
  { args: [], want: 'Missing a limit: --min-success or --max-p90.\nFix: cekura-logs check' },
  { args: ['--min-success', '101'], want: 'expected a percentage from 0 to 100' },
  { args: ['--max-p90', 'long'], want: 'expected a duration' },
])('$args is an error with a suggestion', async ({ args, want }) => {
  const { code, stdout, stderr } = await run(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(want)
})
