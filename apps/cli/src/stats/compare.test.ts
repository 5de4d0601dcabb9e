import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { control } from '../export/export.test-helper.ts'

const hourMs = 3_600_000
const nowMs = Date.parse('2026-10-15T00:00:00Z')

/** So many calls of one topic in a period, of which some succeed. */
const calls = (first: number, from: string, facts: { topic: string; of: number; good: number }) =>
  Array.from({ length: facts.of }, (_, at) => ({
    id: first + at,
    call_id: `call_${first + at}`,
    agent: 2142,
    timestamp: new Date(Date.parse(from) + at * hourMs).toISOString(),
    status: at < facts.good ? 'success' : 'failure',
    success: at < facts.good,
    duration: '02:00',
    topic: facts.topic,
    metrics: [{ id: 7, name: 'CSAT', type: 'numeric', score: at < facts.good ? 5 : 1 }],
  }))

let mock: Awaited<ReturnType<typeof startMock>>
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 0, clock: '2026-10-15T00:00:00Z' })
  await control(mock, '/insert', [
    ...calls(1, '2026-10-01T00:00:00Z', { topic: 'billing', of: 80, good: 72 }),
    ...calls(101, '2026-10-01T00:00:00Z', { topic: 'refund', of: 80, good: 60 }),
    ...calls(201, '2026-10-08T00:00:00Z', { topic: 'billing', of: 80, good: 32 }),
    ...calls(301, '2026-10-08T00:00:00Z', { topic: 'refund', of: 80, good: 60 }),
  ])
})
afterAll(() => mock.close())

const run = (args: string[], isTTY = false, columns = 120) =>
  capture([...args, '--agent', '2142'], {
    isTTY,
    columns,
    now: nowMs,
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url, NO_COLOR: '1' },
  })

interface Document {
  comparison: {
    window: object
    calls: object
    success_rate: { now: number; before: number; difference: number; result: string; p: number }
    metrics: { name: string; now: number; before: number; result: string }[]
  }
  breakdown: { by: string; rows: { value: string; contribution: number; success_rate: object }[] }
}
const read = async (args: string[]): Promise<Document> =>
  JSON.parse((await run(['stats', ...args, '--json'])).stdout) as Document

test.each(['previous', 'week'])(
  '--compare %s tests the change of rate and metrics',
  async (how) => {
    const { comparison } = await read(['--from', '7d', '--compare', how])
    expect(comparison).toMatchObject({
      window: { from: '2026-10-01T00:00:00.000Z', to: '2026-10-08T00:00:00.000Z' },
      calls: { now: 160, before: 160 },
      success_rate: { evaluated: 160, evaluated_before: 160, result: 'lower' },
      metrics: [{ name: 'CSAT', count: 160, result: 'lower' }],
    })
    expect(comparison.success_rate.now).toBeCloseTo(92 / 160)
    expect(comparison.success_rate.difference).toBeCloseTo((92 - 132) / 160)
  },
)

test('--by with --compare has contributions that add up to the change', async () => {
  const { comparison, breakdown } = await read([
    '--from',
    '7d',
    '--compare',
    'week',
    '--by',
    'topic',
  ])
  expect(breakdown.rows.map(({ value }) => value)).toEqual(['billing', 'refund'])
  const sum = breakdown.rows.reduce((total, { contribution }) => total + contribution, 0)
  expect(sum).toBeCloseTo(comparison.success_rate.difference)
  expect(breakdown.rows).toMatchObject([
    { success_rate: { result: 'lower' } },
    { success_rate: { result: 'not_significant' } },
  ])
})

test('the table names change, sample size and significance', async () => {
  const { stdout, stderr } = await run(['stats', '--from', '7d', '--compare', 'week'], true)
  expect(stderr).toContain('Compared with: 2026-10-01 00:00 UTC to 2026-10-08 00:00 UTC.')
  expect(stdout).toMatch(
    /Success rate +57\.5% \(n 160\) +82\.5% \(n 160\) +−25\.0 pp +yes \(p < 0\.001\)/,
  )
  expect(stdout).toMatch(/Calls +160 +160 +0\.0%/)
})

test.each([80, 120])(
  'a breakdown fits %i columns and says what moved the rate',
  async (columns) => {
    const args = ['stats', '--from', '7d', '--compare', 'week', '--by', 'topic']
    const { stdout } = await run(args, true, columns)
    expect(stdout).toMatch(
      /^Success rate 57\.5%, −25\.0 pp, significant .* Moved by billing −25\.0 pp\.\n/,
    )
    expect(stdout).toMatch(/TOPIC +CALLS +SUCCESS RATE +CHANGE +SIGNIFICANT/)
    for (const line of stdout.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(columns)
  },
)

test('a week has a row per day, and days that are cut are marked', async () => {
  const { stdout } = await run(
    ['stats', '--from', '2026-10-08T12:00:00Z', '--to', '2026-10-15'],
    true,
  )
  const rows = stdout.split('\n').filter((line) => line.startsWith('2026-'))
  expect(rows).toHaveLength(7)
  expect(rows.map((line) => line.includes('*'))).toEqual([true, ...Array(6).fill(false)])
  expect(stdout).toMatch(/^DAY \(UTC\) [^]*\n\* partial day\n/m)
})

test('days start at midnight in --tz', async () => {
  const args = ['stats', '--from', '2026-10-08', '--to', '2026-10-11', '--tz', 'Asia/Tokyo']
  const { stdout } = await run(args, true)
  expect(stdout).toMatch(/DAY \(Asia\/Tokyo\) +CALLS +SUCCESS RATE\n2026-10-08 +30 /i)
})

test('--by hour lists the hours in order', async () => {
  const { stdout } = await run(['stats', '--from', '7d', '--by', 'hour'], true)
  const hours = stdout
    .split('\n')
    .slice(1, 4)
    .map((line) => line.slice(0, 2))
  expect(hours).toEqual(['00', '01', '02'])
})
