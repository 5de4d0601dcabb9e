import {
  breakDown,
  comparePeriods,
  createCallCounter,
  dimensionReader,
  planBuckets,
  type Breakdown,
  type CallSummary,
  type PeriodChange,
  type TimeRange,
} from '@cekura-kit/call-format'
import type { Context } from '../context.ts'
import { formatTime } from '../config/time.ts'
import { dayMs } from '../time-units.ts'
import { noteHidden } from '../output/write-calls.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import type { ProgressMode } from '../terminal/progress.ts'
import { drawBreakdown } from './draw-breakdown.ts'
import { drawStats } from './draw-stats.ts'
import { dimensions, type RangePlan, type StatsPlan } from './plan.ts'
import { readExport } from './read-export.ts'
import { readRange } from './read-range.ts'

type Call = Readonly<Record<string, unknown>>

/** The calls of a period, counted. */
interface Period {
  summary: CallSummary
  unit: string
  /** What comparison and breakdown need of each call; empty without them. */
  calls: Call[]
}

/** Room for every hour of a day. */
const maxRows = 24

/** Days from two days on, hours below, weeks and more beyond a month. */
const maxBucketsOf = ({ from, to }: TimeRange): number => {
  const days = Math.ceil((to - from) / dayMs)
  return days > 2 && days <= 31 ? days : 24
}

function createPeriod(isKept: boolean, zone: string) {
  const counter = createCallCounter()
  const calls: Call[] = []
  let [first, last] = [Infinity, -Infinity]
  return {
    add(call: Call): void {
      counter.add(call)
      const { timestamp, success, duration, topic, call_ended_reason, dropoff_point, metrics } =
        call
      const kept = {
        timestamp,
        success,
        duration,
        topic,
        call_ended_reason,
        dropoff_point,
        metrics,
      }
      if (isKept) calls.push(kept)
      const time = Date.parse(String(timestamp))
      if (time < first) first = time
      if (time > last) last = time
    },
    /** @param given the range; default from the first to the last call */
    end(given?: TimeRange): Period {
      const range = given ?? { from: first, to: last + 1 }
      if (range.from >= range.to) return { summary: counter.end(), unit: 'day', calls }
      const plan = planBuckets(range, { maxBuckets: maxBucketsOf(range), zone })
      return { summary: counter.end(plan), unit: plan.unit, calls }
    },
  }
}

async function countPeriod(
  source: { path: string } | { range: RangePlan },
  { by, before, zone }: StatsPlan,
  mode: ProgressMode,
  context: Context,
): Promise<Period> {
  const period = createPeriod(by !== undefined || before !== undefined, zone)
  if ('range' in source) {
    await readRange(source.range, (call) => period.add({ ...call }), { context, mode })
    return period.end(source.range)
  }
  for await (const call of readExport(source.path, context.io.signal)) period.add(call)
  return period.end()
}

const toWindow = ({ from, to }: TimeRange) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})

/** Names of the document are in snake case, like those of the API. */
const toBreakdownRows = ({ rows }: Breakdown) =>
  rows.map((row) => ({
    value: row.value,
    is_other: row.isOther,
    calls: row.calls,
    calls_before: row.callsBefore,
    evaluated: row.evaluated,
    success_rate: row.change,
    contribution: row.contribution,
    median_seconds: row.medianSeconds,
  }))

function toDocument(
  plan: StatsPlan,
  summary: CallSummary,
  change: PeriodChange | undefined,
  breakdown: Breakdown | undefined,
): object {
  return {
    schema_version: 1,
    ...('range' in plan
      ? { agent_id: plan.range.agentId, window: toWindow(plan.range) }
      : { path: plan.path }),
    ...summary,
    ...(change && { comparison: { window: toWindow(plan.before!), ...change } }),
    ...(breakdown && { breakdown: { by: plan.by, rows: toBreakdownRows(breakdown) } }),
  }
}

/** Counts calls and prints statistics. */
export async function runStats(
  plan: StatsPlan,
  { format, progress }: { format: 'table' | 'json'; progress: ProgressMode },
  context: Context,
): Promise<void> {
  const { out, io, style, err } = context
  const { by, before, zone } = plan
  const note = (name: string, { from, to }: TimeRange): void => {
    if (format === 'table')
      err.note(`${name}: ${formatTime(from, zone)} to ${formatTime(to, zone)}.`)
  }
  if ('range' in plan) note('Range', plan.range)
  if (before) note('Compared with', before)
  const now = await countPeriod(plan, plan, progress, context)
  const past = before && (await countPeriod({ range: before }, plan, progress, context))
  const change = past && comparePeriods(now, past)
  const breakdown =
    by &&
    breakDown(
      { now: now.calls, before: past?.calls ?? [] },
      dimensionReader(dimensions[by], zone),
      maxRows,
    )
  if (format === 'json') {
    await out.write(`${encodeJson(toDocument(plan, now.summary, change, breakdown), 2)}\n`)
    return
  }
  const screen = { width: io.columns(), style, zone }
  if (!breakdown || !by) {
    await out.write(drawStats(now, change, screen))
    return
  }
  const { text, hidden } = drawBreakdown(breakdown, { by, isCompared: past !== undefined }, screen)
  await out.write(text)
  await out.flush()
  noteHidden(hidden, err)
}
