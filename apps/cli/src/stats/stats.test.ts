import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { answer, call, serve } from '../serve.test-helper.ts'
import { drawBar, drawSpark } from './draw-summary.ts'
import { shareRead } from './read-range.ts'

const dayMs = 86_400_000
const startMs = Date.parse('2026-10-01T00:00:00Z')
const range = ['--agent', '2142', '--from', '2026-10-01', '--to', '2026-10-15']

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

test('every call of the range is counted, in the outcomes and in the metrics', async () => {
  const asked = await statistics(range)
  const { stdout } = await run(['list', ...range, '--limit', '1000'])
  expect(asked.calls).toBe(stdout.trim().split('\n').length)
  expect(asked.not_evaluated).toBeGreaterThan(0)
  expect(asked.succeeded + asked.failed + asked.not_evaluated).toBe(asked.calls)
  expect(asked.metrics.map(({ kind }) => kind)).toContain('label')
})

test('the buckets of the volume cover the range', async () => {
  // Weeks, which do not begin on the first.
  const args = ['--agent', '2142', '--from', '2026-07-01', '--to', '2026-10-15']
  const { volume } = await statistics([...args])
  expect(volume[0]!.from).toBe('2026-07-01T00:00:00.000Z')
  expect(volume.at(-1)!.to).toBe('2026-10-15T00:00:00.000Z')
  for (const [index, { from }] of volume.entries())
    if (index > 0) expect(from).toBe(volume[index - 1]!.to)
})

test('a table of statistics fits the terminal', async () => {
  const { code, stdout, stderr } = await run(['stats', ...range], true)
  expect(code).toBe(0)
  expect(stderr).toMatch(/Range: 2026-10-01 00:00 UTC to 2026-10-15 00:00 UTC\./)
  const { calls, succeeded, failed, not_evaluated } = await statistics([...range])
  const share = ((succeeded / (succeeded + failed)) * 100).toFixed(1)
  expect(stdout).toMatch(
    new RegExp(
      `^STATISTIC +VALUE\nCalls +${calls}\nSuccess rate +${share}% \\(n ${succeeded + failed}\\)\n[^]*\nNot evaluated +${not_evaluated}\n`,
    ),
  )
  expect(stdout).toMatch(/ENDED REASON +CALLS +SHARE\ncustomer-ended-call +\d+ +\d+\.\d% {2}█/)
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
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
      /Not evaluated +\d+\n/,
      /p50 +\d+:\d+\nDuration p90 +\d+:\d+\n/,
      /MEAN/,
      /\d\.\d%/,
    ])
      expect(stdout).toMatch(figure)
  },
)

/** The lines of the volume as they are drawn. */
const drawVolume = async (from: string, to: string): Promise<string[]> => {
  const { stdout } = await run(['stats', '--agent', '2142', '--from', from, '--to', to], true)
  return stdout.split('\n').filter((line) => /^[A-Z]+ +\(UTC\)|^2026-|^\* /.test(line))
}

test('the title of the volume names its bucket, and weeks start on Monday', async () => {
  const weeks = await drawVolume('2026-09-01', '2026-10-16')
  expect(weeks[0]).toMatch(/^WEEK \(UTC\) +CALLS +SUCCESS RATE$/)
  expect(weeks.at(-1)).toBe('* partial week')
  expect(weeks.slice(1, -1).map((line) => line.split(' ')[0])).toEqual([
    '2026-09-01',
    '2026-09-07',
    '2026-09-14',
    '2026-09-21',
    '2026-09-28',
    '2026-10-05',
    '2026-10-12',
  ])
  expect((await drawVolume('2026-10-01', '2026-10-08'))[0]).toMatch(/^DAY \(UTC\)/)
  expect((await drawVolume('2026-10-01', '2026-10-02'))[0]).toMatch(/^HOUR \(UTC\)/)
  expect((await drawVolume('2026-10-01', '2026-10-16'))[0]).toMatch(/^DAY \(UTC\)/)
})

test('without calls there is no rate', async () => {
  const { stdout } = await run(
    ['stats', '--agent', '2142', '--from', '2020-01-01', '--to', '2020-01-02'],
    true,
  )
  expect(stdout).toMatch(/^STATISTIC +VALUE\nCalls +0\nSuccess rate +– \(n 0\)\n/)
  expect(stdout).not.toContain('CALLS')
})

test('text of the API cannot control the terminal', async () => {
  const hostile = {
    ...call(1),
    call_ended_reason: '\u001B]0;x\u0007\u001B[31m',
    metrics: [{ id: 1, name: '\u001B[2J', enum: '\u009B1m' }],
  }
  const page = { count: 1, next: null, previous: null, results: [hostile] }
  await using service = await serve(answer(200, JSON.stringify(page)))
  const { stdout } = await capture(['stats', '--agent', '1', '--from', '2026-11-24'], {
    isTTY: true,
    now: Date.parse('2026-11-25T00:00:00Z'),
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: service.url, NO_COLOR: '1' },
  })
  expect(stdout).toContain('ENDED REASON')
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
})

test.each([
  { args: ['a.ndjson'], want: /Unexpected argument "a.ndjson"/ },
  { args: [], want: /Missing --agent/ },
  { args: ['--agent', '1', '--from', 'now', '--to', '7d'], want: /--to must be later than --from/ },
])('$args is an error with a suggestion', async ({ args, want }) => {
  const { code, stdout, stderr } = await run(['stats', ...args])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(want)
})

test('bars and columns show a small value as something, and nothing as nothing', () => {
  expect(drawBar(1, 10_000)).toBe('█')
  expect(drawBar(0, 10)).toBe('')
  expect(drawBar(10, 10)).toBe('█'.repeat(20))
  expect(drawSpark([0, 1, 800])).toBe(' ▁█')
})

test('the share that is read counts from the end of the range', () => {
  const span = { from: 0, to: 60 * dayMs }
  expect(shareRead(span, 60 * dayMs)).toBe(0)
  expect(shareRead(span, 30 * dayMs)).toBe(0.5)
  expect(shareRead(span, -1)).toBe(1)
  expect(shareRead(span, Number.NaN)).toBe(0)
})
