import {
  breakDown,
  type Breakdown,
  comparePeriods,
  createCallCounter,
  dayMs,
  dimensionReader,
  planBuckets,
  type TimeRange,
} from '@cekura-kit/call-format'
import type { CallLog } from '@cekura-kit/client'
import { toWindow, type RangePlan } from '../config/plan-range.ts'
import { formatTime } from '../config/time.ts'
import type { Context } from '../context.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { drawBreakdown } from './draw-breakdown.ts'
import { drawSummary } from './draw-summary.ts'
import type { StatsPlan } from './plan.ts'
import { readRange } from './read-range.ts'

/** Every hour of a day. */
const maxBuckets = 24

/** Days from two days on, hours below, weeks and more beyond a month. */
const maxBucketsOf = ({ from, to }: TimeRange): number => {
  const days = Math.ceil((to - from) / dayMs)
  return days > 2 && days <= 31 ? days : maxBuckets
}

/** The statistics of a range, and its calls if they are compared or broken down. */
async function countPeriod(range: RangePlan, { by, before, zone }: StatsPlan, context: Context) {
  const counter = createCallCounter()
  const calls: Readonly<Record<string, unknown>>[] = []
  const isKept = by !== undefined || before !== undefined
  const add = (call: CallLog): void => {
    counter.add({ ...call })
    if (isKept) calls.push({ ...call })
  }
  await readRange(range, add, context)
  const plan = planBuckets(range, { maxBuckets: maxBucketsOf(range), zone })
  return { summary: counter.end(plan), unit: plan.unit, calls }
}

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

/** Counts calls and prints statistics. */
export async function runStats(plan: StatsPlan, isJson: boolean, context: Context): Promise<void> {
  const { out, io, style, err } = context
  const { range, by, before, zone } = plan
  const note = (name: string, { from, to }: TimeRange): void => {
    if (!isJson) err.note(`${name}: ${formatTime(from, zone)} to ${formatTime(to, zone)}.`)
  }
  note('Range', range)
  if (before) note('Compared with', before)
  const now = await countPeriod(range, plan, context)
  const past = before && (await countPeriod(before, plan, context))
  const breakdown =
    by && breakDown({ now: now.calls, before: past?.calls ?? [] }, dimensionReader(by, zone))
  if (isJson) {
    const document = {
      schema_version: 1,
      agent_id: range.agentId,
      window: toWindow(range),
      ...now.summary,
      ...(before &&
        past && { comparison: { window: toWindow(before), ...comparePeriods(now, past) } }),
      ...(breakdown && { breakdown: { by, rows: toBreakdownRows(breakdown) } }),
    }
    await out.write(`${encodeJson(document, 2)}\n`)
    return
  }
  const screen = { width: io.columns(), style, zone }
  await out.write(
    by && breakdown
      ? drawBreakdown(breakdown, { by, isCompared: past !== undefined }, screen)
      : drawSummary(now, past, screen),
  )
}
