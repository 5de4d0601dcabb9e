import {
  createCallCounter,
  planBuckets,
  type CallCounter,
  type CallSummary,
} from '@cekura-kit/call-format'
import { listCallLogsInRange } from '@cekura-kit/client'
import type { Context } from '../context.ts'
import { formatTime } from '../config/time.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { createProgress, type ProgressMode } from '../terminal/progress.ts'
import { drawStats } from './draw-stats.ts'
import type { RangePlan, StatsPlan } from './plan.ts'
import { readExport } from './read-export.ts'

const describeRange = ({ agentId, from, to }: RangePlan): object => ({
  agent_id: agentId,
  window: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
})

const windowMs = 30 * 86_400_000

/** Share of a range that is read in 30-day windows, the oldest first, each from its end. */
export function shareRead({ from, to }: { from: number; to: number }, time: number): number {
  const at = Math.min(Math.max(Number.isNaN(time) ? from : time, from), to)
  const start = from + Math.floor((at - from) / windowMs) * windowMs
  const end = Math.min(start + windowMs, to)
  return (start - from + (end - at)) / (to - from)
}

const maxBuckets = 24
const dayMs = 86_400_000

/** Statistics, and the unit of one bar of the volume. */
interface Counted {
  summary: CallSummary
  unit: string
}

type Range = Pick<RangePlan, 'from' | 'to'>

function endCount({ end }: CallCounter, range: Range): Counted {
  const plan = planBuckets(range, { maxBuckets })
  return { summary: end(plan), unit: plan.unit }
}

async function countExport(path: string, { io }: Context): Promise<Counted> {
  const counter = createCallCounter()
  let [first, last] = [Infinity, -Infinity]
  for await (const call of readExport(path, io.signal)) {
    counter.add(call)
    const time = Date.parse(String(call['timestamp']))
    if (time < first) first = time
    if (time > last) last = time
  }
  if (first > last) return { summary: counter.end(), unit: 'day' }
  const [from, to] = [Math.floor(first / dayMs), Math.floor(last / dayMs) + 1]
  return endCount(counter, { from: from * dayMs, to: to * dayMs })
}

async function countRange(
  { agentId, from, to }: RangePlan,
  context: Context,
  mode: ProgressMode,
): Promise<Counted> {
  const { err, io } = context
  const progress = createProgress(err, mode, io)
  const client = await context.createClient({
    hooks: {
      onRetry: ({ code, attempts, delayMs }) =>
        progress.event('retry', { code, attempt: attempts, delay_ms: delayMs }),
    },
  })
  const counter = createCallCounter()
  let calls = 0
  progress.event('start', { from: new Date(from).toISOString(), to: new Date(to).toISOString() })
  const query = { agent_id: agentId, timestamp_from: new Date(from), timestamp_to: new Date(to) }
  try {
    for await (const call of listCallLogsInRange(client, query, { signal: io.signal })) {
      counter.add({ ...call })
      calls += 1
      const time = Date.parse(call.timestamp)
      progress.update(() => ({ share: shareRead({ from, to }, time), counts: { calls } }))
    }
  } finally {
    progress.end()
  }
  progress.event('complete', { calls })
  return endCount(counter, { from, to })
}

export interface StatsOutput {
  format: 'table' | 'json'
  progress: ProgressMode
  /** Time zone of the table. */
  zone: string
}

/** Counts calls and prints statistics. */
export async function runStats(
  plan: StatsPlan,
  { format, progress, zone }: StatsOutput,
  context: Context,
): Promise<void> {
  const { out, io, style, err } = context
  const isRange = !('path' in plan)
  if (isRange && format === 'table')
    err.note(`Range: ${formatTime(plan.from, zone)} to ${formatTime(plan.to, zone)}.`)
  const { summary, unit } = isRange
    ? await countRange(plan, context, progress)
    : await countExport(plan.path, context)
  if (format === 'json') {
    const facts = isRange ? describeRange(plan) : { path: plan.path }
    await out.write(`${encodeJson({ schema_version: 1, ...facts, ...summary }, 2)}\n`)
    return
  }
  await out.write(drawStats(summary, unit, { width: io.columns(), style }))
}
