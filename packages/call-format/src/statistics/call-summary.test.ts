import { expect, test } from 'vitest'
import { binScores } from './bin-scores.ts'
import { comparePeriods } from './compare-periods.ts'
import { createCallCounter } from './call-summary.ts'
import { planBuckets } from '../time/plan-buckets.ts'
import { quantile } from './quantile.ts'

const summarize = (
  calls: Record<string, unknown>[],
  ...rest: Parameters<ReturnType<typeof createCallCounter>['end']>
) => {
  const counter = createCallCounter()
  for (const call of calls) counter.add(call)
  return counter.end(...rest)
}

test('calls without an evaluation are counted separately and are in no rate', () => {
  const calls = [{ success: true }, { success: true }, { success: false }, { success: null }, {}]
  expect(summarize(calls)).toMatchObject({
    calls: 5,
    succeeded: 2,
    failed: 1,
    not_evaluated: 2,
    success_rate: 2 / 3,
  })
  expect(summarize([{ success: null }]).success_rate).toBeNull()
})

test('without calls, rates and quantiles are null instead of 0', () => {
  expect(summarize([])).toEqual({
    calls: 0,
    succeeded: 0,
    failed: 0,
    not_evaluated: 0,
    success_rate: null,
    reviewed: 0,
    duration_seconds: { known: 0, p50: null, p90: null },
    ended_reasons: [],
    volume: [],
    metrics: [],
  })
})

test('an unreadable duration is left out of the quantiles only', () => {
  const durations = ['01:00', '02:00', '03:00', 'string', undefined]
  const { calls, duration_seconds } = summarize(durations.map((duration) => ({ duration })))
  expect(calls).toBe(5)
  expect(duration_seconds).toEqual({ known: 3, p50: 120, p90: 168 })
})

test('ended reasons are ranked, equals by name, missing ones under an empty value', () => {
  const reasons = ['b', 'a', 'c', 'c', undefined]
  const { ended_reasons } = summarize(reasons.map((call_ended_reason) => ({ call_ended_reason })))
  expect(ended_reasons).toEqual([
    { value: 'c', count: 2 },
    { value: '', count: 1 },
    { value: 'a', count: 1 },
    { value: 'b', count: 1 },
  ])
})

test('volume has a bucket for each part of the range, the empty ones too, and counts a call once', () => {
  const calls = [
    { timestamp: '2026-11-01T00:00:00Z', success: true },
    { timestamp: '2026-11-01T01:30:00Z', success: false },
    { timestamp: '2026-11-01T02:59:59.999Z' },
    // The end is not part of the range.
    { timestamp: '2026-11-01T03:00:00Z' },
    { timestamp: 'never' },
  ]
  const range = { from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2026-11-01T03:00:00Z') }
  const { volume } = summarize(calls, planBuckets(range, { maxBuckets: 3 }))
  expect(volume.map(({ from, calls: n }) => [from.slice(11, 16), n])).toEqual([
    ['00:00', 1],
    ['01:00', 1],
    ['02:00', 1],
  ])
  expect(
    volume.map(({ succeeded, failed, not_evaluated }) => [succeeded, failed, not_evaluated]),
  ).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
})

const metric = (score: number) => ({ id: 1, name: 'Latency', type: 'numeric', score })
const script = (score: number) => ({ id: 3, name: 'Script', type: 'binary', score })
const label = (text: string) => ({ id: 2, name: 'Mood', type: 'enum', enum: text, value: 'x' })

test('numeric metrics have quantiles and bins, enum metrics have labels', () => {
  const calls = [
    { metrics: [metric(1), label('good')] },
    { metrics: [metric(2), label('bad'), null, { id: 'odd' }] },
    { metrics: [metric(3), label('good')] },
    { metrics: 'none' },
  ]
  const [latency, mood] = summarize(calls).metrics
  expect(latency).toMatchObject({ id: 1, kind: 'number', count: 3, mean: 2, median: 2 })
  expect(latency!.bins.reduce((sum, { count }) => sum + count, 0)).toBe(3)
  expect(mood).toMatchObject({
    name: 'Mood',
    kind: 'label',
    count: 3,
    median: null,
    labels: [
      { value: 'good', count: 2 },
      { value: 'bad', count: 1 },
    ],
  })
})

test('a score on the edge of a step is in the bin that starts there', () => {
  const bins = binScores([0, 0.1, 0.2, 0.3, 1])
  expect(bins.filter(({ count }) => count > 0).map(({ from }) => from)).toEqual([
    0, 0.1, 0.2, 0.3, 1,
  ])
  expect(binScores([5, 5])).toEqual([{ from: 5, to: 5, count: 2 }])
})

const starts = (scores: number[]): number[] => binScores(scores).map(({ from }) => from)

test('a bin is no narrower than what all scores are multiples of', () => {
  expect(starts([1, 1, 2, 5])).toEqual([1, 2, 3, 4, 5])
  expect(starts([1, 1.5, 2.5])).toEqual([1, 1.5, 2, 2.5])
  expect(starts([1, 1.25, 2])).toHaveLength(11)
})

test('the largest numbers have bins too, and each score is in one', () => {
  const most = Number.MAX_VALUE
  for (const scores of [
    [-most, most],
    [-1e308, 0, 1e308],
    [0, Number.MIN_VALUE],
    [1e16, 1e16 + 2],
  ]) {
    const bins = binScores(scores)
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(scores.length)
    expect(bins.length).toBeLessThan(15)
    expect(bins.every(({ from, to }) => Number.isFinite(from) && Number.isFinite(to))).toBe(true)
  }
})

test('a quantile is interpolated between its neighbors', () => {
  expect(quantile([1, 2], 0.5)).toBe(1.5)
  expect(quantile([], 0.5)).toBeNull()
})

test('a binary metric counts what passed, whether its scores are 0 and 1 or 0 and 5', () => {
  const [passed, numeric] = summarize([
    { metrics: [script(5), metric(5)] },
    { metrics: [script(0), metric(0)] },
    { metrics: [script(1), metric(0)] },
  ]).metrics
  expect(passed).toMatchObject({
    kind: 'number',
    binary: true,
    labels: [
      { value: 'passed', count: 2 },
      { value: 'failed', count: 1 },
    ],
  })
  expect(numeric).toMatchObject({ binary: false, labels: [] })
})

const period = (scores: number[]) => {
  const calls = scores.map((score) => ({ metrics: [script(score)] }))
  return { summary: summarize(calls), calls }
}

test('two periods compare the pass rates of a binary metric', () => {
  const now = period([...Array.from({ length: 30 }, () => 5), 0, 0])
  const before = period(Array.from({ length: 32 }, (_, at) => (at % 2) * 5))
  expect(comparePeriods(now, before).metrics).toMatchObject([
    { binary: true, now: 30 / 32, before: 0.5, result: 'higher', count: 32, count_before: 32 },
  ])
})
