import { expect, test } from 'vitest'
import { binScores } from './bin-scores.ts'
import { createCallCounter } from './call-summary.ts'
import { planBucketMs } from './plan-buckets.ts'
import { quantile } from './quantile.ts'

const summarise = (
  calls: Record<string, unknown>[],
  ...rest: Parameters<ReturnType<typeof createCallCounter>['end']>
) => {
  const counter = createCallCounter()
  for (const call of calls) counter.add(call)
  return counter.end(...rest)
}

test('calls that are not judged are counted apart and are in no rate', () => {
  const calls = [{ success: true }, { success: true }, { success: false }, { success: null }, {}]
  expect(summarise(calls)).toMatchObject({
    calls: 5,
    succeeded: 2,
    failed: 1,
    unjudged: 2,
    success_rate: 2 / 3,
  })
  expect(summarise([{ success: null }]).success_rate).toBeNull()
})

test('no calls are figures without a value, not zeros', () => {
  expect(summarise([])).toEqual({
    calls: 0,
    succeeded: 0,
    failed: 0,
    unjudged: 0,
    success_rate: null,
    reviewed: 0,
    duration_seconds: { known: 0, p50: null, p90: null },
    ended_reasons: [],
    volume: [],
    metrics: [],
  })
})

test('lengths that cannot be read are left out of the quantiles and nothing else', () => {
  const durations = ['01:00', '02:00', '03:00', 'string', undefined]
  const { calls, duration_seconds } = summarise(durations.map((duration) => ({ duration })))
  expect(calls).toBe(5)
  expect(duration_seconds).toEqual({ known: 3, p50: 120, p90: 168 })
})

test('ended reasons are ranked, equals by name, missing ones under an empty value', () => {
  const reasons = ['b', 'a', 'c', 'c', undefined]
  const { ended_reasons } = summarise(reasons.map((call_ended_reason) => ({ call_ended_reason })))
  expect(ended_reasons).toEqual([
    { value: 'c', count: 2 },
    { value: '', count: 1 },
    { value: 'a', count: 1 },
    { value: 'b', count: 1 },
  ])
})

test('volume has a bucket for each part of the range, empty ones too, and every call once', () => {
  const calls = [
    { timestamp: '2026-11-01T00:00:00Z', success: true },
    { timestamp: '2026-11-01T01:30:00Z', success: false },
    { timestamp: '2026-11-01T03:00:00Z' },
    { timestamp: 'never' },
  ]
  const range = { from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2026-11-01T03:00:00Z') }
  const { volume } = summarise(calls, range, 3)
  expect(volume.map(({ from, calls: n }) => [from.slice(11, 16), n])).toEqual([
    ['00:00', 1],
    ['01:00', 1],
    ['02:00', 1],
  ])
  expect(volume.map(({ succeeded, failed, unjudged }) => [succeeded, failed, unjudged])).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
})

const metric = (score: number) => ({ id: 1, name: 'Latency', type: 'numeric', score })
const label = (text: string) => ({ id: 2, name: 'Mood', type: 'enum', enum: text, value: 'x' })

test('numeric metrics have quantiles and bins, enum metrics have labels', () => {
  const calls = [
    { metrics: [metric(1), label('good')] },
    { metrics: [metric(2), label('bad'), null, { id: 'odd' }] },
    { metrics: [metric(3), label('good')] },
    { metrics: 'none' },
  ]
  const [latency, mood] = summarise(calls).metrics
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

test('a score on the edge of a step is in the bin that begins there', () => {
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

test('the largest numbers there are have bins too, and each score is in one', () => {
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

test('buckets as planned begin where a day does on the reader’s clock', () => {
  const range = { from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2026-11-02T00:00:00Z') }
  const call = { timestamp: '2026-11-01T16:00:00Z', success: true }
  const plan = { sizeMs: 86_400_000, aheadMs: 9 * 3_600_000 }
  const { volume } = summarise([call], range, plan)
  expect(volume.map(({ from, calls }) => [from, calls])).toEqual([
    ['2026-10-31T15:00:00.000Z', 0],
    ['2026-11-01T15:00:00.000Z', 1],
  ])
})

test('a quantile lies between its neighbours', () => {
  expect(quantile([1, 2], 0.5)).toBe(1.5)
  expect(quantile([], 0.5)).toBeNull()
})

test('buckets are as fine as fits', () => {
  expect(planBucketMs(3_600_000, 60)).toBe(60_000)
  expect(planBucketMs(7 * 86_400_000, 24)).toBe(12 * 3_600_000)
  expect(planBucketMs(3650 * 86_400_000, 24)).toBe(153 * 86_400_000)
})
