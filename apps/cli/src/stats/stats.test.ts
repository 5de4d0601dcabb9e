import { appendFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { drawBar, drawSpark } from './draw-bars.ts'
import { shareRead } from './read-range.ts'

const dayMs = 86_400_000
const startMs = Date.parse('2026-10-01T00:00:00Z')
const range = ['--agent', '2142', '--from', '2026-10-01', '--to', '2026-10-15']
const folder = mkdtempSync(join(tmpdir(), 'stats-'))
const at = (name: string): string => join(folder, name)

let mock: Awaited<ReturnType<typeof startMock>>
beforeAll(async () => {
  const endMs = startMs + 14 * dayMs
  mock = await startMock({ mode: 'sandbox', rows: 600, startMs, endMs })
})
afterAll(() => mock.close())

const run = (args: string[], isTTY = false) =>
  capture(args, {
    isTTY,
    columns: 80,
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url, NO_COLOR: '1' },
  })

interface Statistics {
  path?: string
  calls: number
  succeeded: number
  failed: number
  not_evaluated: number
  volume: { from: string; to: string }[]
  metrics: { name: string; kind: string }[]
}

async function statistics(args: string[]): Promise<Statistics> {
  const { code, stdout, stderr } = await run(['stats', ...args])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout) as Statistics
}

const ofRange = new Set(['path', 'agent_id', 'window', 'volume'])
const withoutRange = (all: Statistics): object =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !ofRange.has(name)))

test('the API and an NDJSON export in either layout give the same statistics', async () => {
  const asked = await statistics([...range, '--progress', 'none'])
  expect(asked.calls).toBeGreaterThan(100)
  expect(asked.not_evaluated).toBeGreaterThan(0)
  expect(asked.succeeded + asked.failed + asked.not_evaluated).toBe(asked.calls)
  expect(asked.metrics.map(({ kind }) => kind)).toContain('label')
  for (const layout of [[], ['--partition', 'day']]) {
    const path = at(`same${layout.length}`)
    const { code, stderr } = await run(['export', ...range, ...layout, '-o', path, '-q'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(withoutRange(await statistics([path]))).toEqual(withoutRange(asked))
  }
})

test('the buckets of the volume cover the range', async () => {
  // Weeks, which do not begin on the first.
  const args = ['--agent', '2142', '--from', '2026-07-01', '--to', '2026-10-15']
  const { volume } = await statistics([...args, '--progress', 'none'])
  expect(volume[0]!.from).toBe('2026-07-01T00:00:00.000Z')
  expect(volume.at(-1)!.to).toBe('2026-10-15T00:00:00.000Z')
  for (const [index, { from }] of volume.entries())
    if (index > 0) expect(from).toBe(volume[index - 1]!.to)
})

test('a table of statistics fits the terminal', async () => {
  const { code, stdout, stderr } = await run(['stats', ...range], true)
  expect(code).toBe(0)
  expect(stderr).toMatch(/Range: 2026-10-01 00:00 UTC to 2026-10-15 00:00 UTC\./)
  const { calls, succeeded, failed, not_evaluated } = await statistics([
    ...range,
    '--progress',
    'none',
  ])
  const share = ((succeeded / (succeeded + failed)) * 100).toFixed(1)
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    `Calls         ${calls}`,
    `Success rate  ${share}% of ${succeeded + failed} evaluated; ${not_evaluated} not evaluated`,
  ])
  expect(stdout).toMatch(/Ended reasons\n {2}customer-ended-call +\d+ +\d+\.\d% {2}█/)
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test('an export by day without calls has statistics of no calls', async () => {
  const empty = ['--agent', '2142', '--from', '2020-01-01', '--to', '2020-01-03', '-q']
  await run(['export', ...empty, '--partition', 'day', '-o', at('none')])
  expect(await statistics([at('none')])).toMatchObject({ calls: 0, success_rate: null })
})

test.each([40, 60, 80, 120])(
  'numbers fit a terminal of %i columns, none of them cut',
  async (columns) => {
    const { stdout } = await capture(['stats', ...range], {
      isTTY: true,
      columns,
      env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url, NO_COLOR: '1' },
    })
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
    for (const figure of [
      /evaluated/,
      /not evaluated/,
      /p50 .*p90/s,
      /mean .*p50 .*p10 .*p90/s,
      /\d\.\d%/,
    ])
      expect(stdout).toMatch(figure)
  },
)

/** The lines of the volume as they are drawn. */
const drawVolume = async (from: string, to: string): Promise<string[]> => {
  const { stdout } = await run(['stats', '--agent', '2142', '--from', from, '--to', to], true)
  return stdout.split('\n').filter((line) => /^Calls by|^ {2}2026-/.test(line))
}

test('the title of the volume names its bucket, and weeks start on Monday', async () => {
  const weeks = await drawVolume('2026-09-01', '2026-10-16')
  expect(weeks[0]).toBe('Calls by week, success rate (UTC; * partial week)')
  expect(weeks.slice(1).map((line) => line.trim().split(' ')[0])).toEqual([
    '2026-09-01',
    '2026-09-07',
    '2026-09-14',
    '2026-09-21',
    '2026-09-28',
    '2026-10-05',
    '2026-10-12',
  ])
  expect((await drawVolume('2026-10-01', '2026-10-08'))[0]).toMatch(/^Calls by day, /)
  expect((await drawVolume('2026-10-01', '2026-10-02'))[0]).toMatch(/^Calls by hour, /)
  expect((await drawVolume('2026-10-01', '2026-10-16'))[0]).toMatch(/^Calls by day, /)
})

test('the volume of an export starts with its first call and ends with its last', async () => {
  const path = at('weeks.ndjson')
  const lines = ['2026-10-15', '2026-09-05'].map(
    (day) => `{"id":1,"timestamp":"${day}T09:30:00Z"}\n`,
  )
  writeFileSync(path, lines.join(''))
  const { volume } = await statistics([path])
  expect(volume[0]!.from).toBe('2026-09-05T09:30:00.000Z')
  expect(volume.at(-1)!.to).toBe('2026-10-15T09:30:00.001Z')
})

test('without calls there is no rate', async () => {
  const { stdout } = await run(
    ['stats', '--agent', '2142', '--from', '2020-01-01', '--to', '2020-01-02'],
    true,
  )
  expect(stdout).toBe('Calls         0\n')
})

test('text of the API cannot control the terminal', async () => {
  const path = at('hostile.ndjson')
  writeFileSync(
    path,
    `${JSON.stringify({ id: 1, call_ended_reason: '\u001B]0;x\u0007\u001B[31m', metrics: [{ id: 1, name: '\u001B[2J', enum: '\u009B1m' }] })}\n`,
  )
  const { stdout } = await run(['stats', path], true)
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
})

test('deleted calls are not counted', async () => {
  const path = at('gone.ndjson')
  writeFileSync(
    path,
    '{"id":1,"success":true}\n{"id":2,"success":false,"_deleted_at":"2026-10-02T00:00:00Z"}\n',
  )
  expect(await statistics([path])).toMatchObject({ calls: 1, failed: 0 })
  appendFileSync(path, '{"id":3\n')
  const { code, stderr } = await run(['stats', path])
  expect(code).toBe(1)
  expect(stderr).toMatch(/line 3 is not a JSON object\.\nFix: cekura-logs export/)
})

test('an export that cannot be opened is not an unexpected error', async () => {
  // Root can read everything, except a link to itself.
  symlinkSync(at('loop'), at('loop'))
  mkdirSync(at('folder.ndjson/call_logs/agent_id=1/dt=2026-10-01/part-00000.ndjson'), {
    recursive: true,
  })
  for (const [path, code] of [
    [at('loop'), 2],
    [at('loop/below.ndjson'), 2],
    [at('folder.ndjson'), 1],
  ] as const) {
    const result = await run(['stats', path])
    expect({ path, code: result.code }).toEqual({ path, code })
    expect(result.stderr).toMatch(/^Cannot (open|read) .*\nFix: cekura-logs export /)
  }
})

test('a Parquet export is an error that names the SQL guide', async () => {
  const path = at('table.parquet')
  writeFileSync(path, '')
  const { code, stderr } = await run(['stats', path])
  expect(code).toBe(2)
  expect(stderr).toMatch(/is not NDJSON\. docs\/parquet\.md .*\nFix: [^\n]+\n$/)
})

test.each([
  { args: ['/nowhere/a.ndjson'], want: /"\/nowhere\/a.ndjson" does not exist/ },
  { args: [tmpdir()], want: /has no NDJSON export/ },
  {
    args: ['a.ndjson', '--from', '7d'],
    want: /always counted in full\.\nFix: cekura-logs stats a.ndjson/,
  },
  { args: [], want: /Missing --agent/ },
  { args: ['--agent', '1', '--from', 'now', '--to', '7d'], want: /--to must be later than --from/ },
])('$args is an error with a suggestion', async ({ args, want }) => {
  const { code, stdout, stderr } = await run(['stats', ...args])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(want)
})

test('bars and columns show a small value as something, and nothing as nothing', () => {
  expect(drawBar(1, 10_000, 40)).toBe('▏')
  expect(drawBar(0, 10, 40)).toBe('')
  expect(drawBar(10, 10, 4)).toBe('████')
  expect(drawSpark([0, 1, 800])).toBe(' ▁█')
})

test('the share that is read counts from the end of the range', () => {
  const span = { from: 0, to: 60 * dayMs }
  expect(shareRead(span, 60 * dayMs)).toBe(0)
  expect(shareRead(span, 30 * dayMs)).toBe(0.5)
  expect(shareRead(span, -1)).toBe(1)
  expect(shareRead(span, Number.NaN)).toBe(0)
})
