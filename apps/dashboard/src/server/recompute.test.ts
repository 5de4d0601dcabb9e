// Every number of the page, computed again from the pages of the API in the plainest way.
import type { CallLog, ClientOptions } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { beforeAll, expect, test } from 'vitest'
import { pageHeader, type MetricTrend, type RowsResponse } from '../shared/dashboard-api.ts'
import type { Summary } from '../shared/dashboard-api.ts'
import { createApp } from './create-app.ts'

const hourMs = 3_600_000
const zone = 'America/New_York'
// Ten days, in which the clocks go back on 2 November; from and to are midnight there.
const from = Date.parse('2025-10-29T04:00:00Z')
const to = Date.parse('2025-11-08T05:00:00Z')
const before = { from: from - (to - from), to: from }
const iso = (time: number): string => new Date(time).toISOString()
const topics = ['refund', 'delivery', 'billing', '']
const outcomes = [true, false, null, true, true]

/** A repeatable sequence of numbers from 0 to 1. */
function createRandom(): () => number {
  let state = 7
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}

function makeCalls(): CallLog[] {
  const random = createRandom()
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)]!
  const times = Array.from({ length: 900 }, () => before.from + random() * (to - before.from))
    // A day without calls.
    .filter((time) => time < Date.parse('2025-11-05T05:00:00Z') || time > to - 2 * 24 * hourMs)
  // Calls at midnight, at the change of the clocks, and at both ends of the period.
  const edges = [from, to - 1, to, from - 1, from + 24 * hourMs, Date.parse('2025-11-02T06:00:00Z')]
  return [...times, ...edges].map((time, index) =>
    createCallLog({
      id: index + 1,
      timestamp: iso(Math.floor(time)),
      topic: pick(topics),
      success: pick(outcomes),
      is_reviewed: random() < 0.2,
      duration: index % 17 === 0 ? 'unknown' : `0${Math.floor(random() * 9)}:${10 + (index % 50)}`,
      metrics: [
        { id: 1, name: 'Latency', type: 'numeric', score: Math.round(random() * 300) / 100 },
        { id: 2, name: 'Greeting', type: 'binary', score: random() < 0.8 ? 5 : 0 },
        { id: 3, name: 'Mood', type: 'enum', enum: pick(['good', 'bad']), value: 'x' },
      ],
    }),
  )
}

const calls = makeCalls()
const within = (range: { from: number; to: number }) => (call: CallLog) => {
  const time = Date.parse(call.timestamp)
  return time >= range.from && time < range.to
}
const now = calls.filter(within({ from, to }))
const previous = calls.filter(within(before))
let summary: Summary
let byHour: Summary
let trend: (id: number) => Promise<MetricTrend>
let rows: () => Promise<RowsResponse>

beforeAll(async () => {
  const api: ClientOptions = {
    apiKey: 'test',
    baseUrl: 'https://upstream.test',
    fetch(url, init) {
      const { searchParams } = new URL(url)
      const [start, end] = [searchParams.get('timestamp_from')!, searchParams.get('timestamp_to')!]
      const inside = calls.filter(({ timestamp }) => timestamp >= start && timestamp <= end)
      return createMockFetch({ calls: inside, maxPageSize: 20 }).fetch(url, init)
    },
  }
  const { app } = createApp({ api, source: 'test', now: () => to })
  const query = `agent_id=1&from=${iso(from)}&to=${iso(to)}&zone=${zone}`
  const get = async <Body>(path: string): Promise<Body> =>
    (await (
      await app.request(path, { headers: { host: 'localhost', ...pageHeader } })
    ).json()) as Body
  summary = await get<Summary>(`/api/summary?${query}&compare=true`)
  byHour = await get<Summary>(`/api/summary?${query}&by=hour`)
  trend = (id) => get<MetricTrend>(`/api/trend?${query}&id=${id}&compare=true`)
  rows = () => get<RowsResponse>(`/api/rows?${query}&limit=1000`)
})

const hourOf = (time: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(new Date(time))

const count = (list: readonly CallLog[], matches: (call: CallLog) => boolean): number =>
  list.filter(matches).length
const succeeded = (list: readonly CallLog[]) => count(list, ({ success }) => success === true)
const failed = (list: readonly CallLog[]) => count(list, ({ success }) => success === false)
const rate = (list: readonly CallLog[]) => succeeded(list) / (succeeded(list) + failed(list))

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const low = Math.floor(position)
  const high = Math.min(low + 1, sorted.length - 1)
  return sorted[low]! * (1 - (position - low)) + sorted[high]! * (position - low)
}

const secondsOf = (list: readonly CallLog[]): number[] =>
  list.flatMap(({ duration }) => {
    const [minutes, seconds] = String(duration).split(':').map(Number)
    return minutes === undefined || seconds === undefined ? [] : [minutes * 60 + seconds]
  })

test('both periods have the calls from their start up to, but not at, their end', async () => {
  expect(summary.now.calls).toBe(now.length)
  expect(summary.before?.calls).toBe(previous.length)
  expect([summary.before?.from, summary.before?.to]).toEqual([iso(before.from), iso(before.to)])
  expect((await rows()).total).toBe(now.length)
})

test('outcomes, reviews and durations are those of the calls', () => {
  for (const [period, list] of [
    [summary.now, now],
    [summary.before!, previous],
  ] as const) {
    expect(period).toMatchObject({
      succeeded: succeeded(list),
      failed: failed(list),
      not_evaluated: count(list, ({ success }) => success === null),
      reviewed: count(list, (call) => call.is_reviewed === true),
    })
    expect(period.success_rate).toBeCloseTo(rate(list), 12)
    const seconds = secondsOf(list)
    expect(period.duration_seconds.known).toBe(seconds.length)
    expect(period.duration_seconds.p50).toBeCloseTo(quantile(seconds, 0.5), 9)
    expect(period.duration_seconds.p90).toBeCloseTo(quantile(seconds, 0.9), 9)
  }
})

test('buckets are adjacent, start at round local times and have the calls between their edges', () => {
  const { volume } = summary.now
  expect(volume[0]?.from).toBe(iso(from))
  expect(volume.at(-1)?.to).toBe(iso(to))
  for (const [index, bucket] of volume.entries()) {
    if (index > 0) expect(bucket.from).toBe(volume[index - 1]!.to)
    expect(hourOf(bucket.from)).toMatch(/^(00|03|06|09|12|15|18|21):00$/)
    const own = calls.filter(within({ from: Date.parse(bucket.from), to: Date.parse(bucket.to) }))
    expect(bucket).toMatchObject({
      calls: own.length,
      succeeded: succeeded(own),
      failed: failed(own),
    })
  }
  expect(volume.filter((bucket) => bucket.calls === 0).length).toBeGreaterThan(0)
  const lengths = volume.map((bucket) => Date.parse(bucket.to) - Date.parse(bucket.from))
  // The hour that the clocks repeat.
  expect(lengths.filter((length) => length !== lengths[0])).toEqual([lengths[0]! + hourMs])
  expect(volume.reduce((sum, bucket) => sum + bucket.calls, 0)).toBe(now.length)
})

test('facets count each value', () => {
  for (const value of topics)
    expect(summary.facets.topic!.values.find((one) => one.value === value)?.count).toBe(
      count(now, ({ topic }) => topic === value),
    )
})

test('the breakdown by hour follows the clocks of the zone', () => {
  const hours = new Map<string, number>()
  for (const { timestamp } of now) {
    const text = new Date(timestamp).toLocaleString('en-GB', { timeZone: zone, hour: '2-digit' })
    hours.set(text, (hours.get(text) ?? 0) + 1)
  }
  expect(new Map(byHour.breakdown.rows.map(({ value, calls: own }) => [value, own]))).toEqual(hours)
})

test('the breakdown has the calls of each topic, and its contributions add up to the change', () => {
  const { overall, rows: found } = summary.breakdown
  expect(overall.difference).toBeCloseTo(rate(now) - rate(previous), 12)
  for (const row of found) {
    const [own, old] = [now, previous].map((list) =>
      list.filter(({ topic }) => topic === row.value),
    ) as [CallLog[], CallLog[]]
    expect([row.calls, row.callsBefore]).toEqual([own.length, old.length])
    expect(row.change.now).toBeCloseTo(rate(own), 12)
    expect(row.change.difference).toBeCloseTo(rate(own) - rate(old), 12)
    expect(row.medianSeconds).toBeCloseTo(quantile(secondsOf(own), 0.5), 9)
    const evaluated = (list: CallLog[]) => succeeded(list) + failed(list)
    const [w1, w0] = [evaluated(own) / evaluated(now), evaluated(old) / evaluated(previous)]
    const middle = (rate(now) + rate(previous)) / 2
    const mix = (w1 - w0) * ((rate(own) + rate(old)) / 2 - middle)
    expect(row.contribution).toBeCloseTo(mix + ((w0 + w1) / 2) * (rate(own) - rate(old)), 12)
  }
  const sum = found.reduce((total, row) => total + (row.contribution ?? 0), 0)
  expect(sum).toBeCloseTo(overall.difference!, 12)
})

/** Scores of a metric; 1 for a passed binary one. */
const scoresOf = (list: readonly CallLog[], id: number): number[] =>
  list.map(({ metrics }) => {
    const { score, type } = metrics!.find((metric) => metric.id === id)!
    return type === 'binary' ? Number(score! > 0) : score!
  })
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

test('metrics have their median, labels and values over time', async () => {
  const [latency, greeting, mood] = summary.metrics
  expect(latency).toMatchObject({ count: now.length, decimals: 2, isBinary: false })
  expect(latency!.median).toBeCloseTo(quantile(scoresOf(now, 1), 0.5), 9)
  expect(latency!.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(now.length)
  expect(greeting).toMatchObject({ isBinary: true, decimals: 0 })
  expect(mood).toMatchObject({ kind: 'label', isBinary: false })
  const good = count(now, ({ metrics }) => metrics![2]!.enum === 'good')
  expect(mood!.labels.find(({ value }) => value === 'good')?.count).toBe(good)
  for (const id of [1, 2]) {
    const { now: points, before: old, change } = await trend(id)
    for (const point of [...points, ...old!]) {
      const scores = scoresOf(calls.filter(within(point)), id)
      expect(point.count).toBe(scores.length)
      if (scores.length > 0) expect(point.value).toBeCloseTo(meanOf(scores), 9)
      else expect(point.value).toBeNull()
    }
    const difference = meanOf(scoresOf(now, id)) - meanOf(scoresOf(previous, id))
    expect(change?.difference).toBeCloseTo(difference, 9)
  }
})
