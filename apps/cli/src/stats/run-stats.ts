import { createCallCounter, type CallSummary } from '@cekura-kit/calls'
import type { RangePlan, StatsPlan } from '../commands/stats.ts'
import type { Context } from '../context.ts'
import { formatTime } from '../settings/read-time.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { createProgress, type ProgressMode } from '../terminal/progress.ts'
import { drawStats } from './draw-stats.ts'
import { readExport } from './read-export.ts'

const describeRange = ({ agentId, from, to }: RangePlan): object => ({
  agent_id: agentId,
  window: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
})

const windowMs = 30 * 86_400_000

/** How far a walk is that reads windows of thirty days, the oldest first, each from its end. */
export function shareRead({ from, to }: { from: number; to: number }, time: number): number {
  const at = Math.min(Math.max(Number.isNaN(time) ? from : time, from), to)
  const start = from + Math.floor((at - from) / windowMs) * windowMs
  const end = Math.min(start + windowMs, to)
  return (start - from + (end - at)) / (to - from)
}

async function countExport(path: string, { io }: Context): Promise<CallSummary> {
  const counter = createCallCounter()
  for await (const call of readExport(path, io.signal)) counter.add(call)
  return counter.end()
}

async function countRange(
  { agentId, from, to }: RangePlan,
  context: Context,
  mode: ProgressMode,
): Promise<CallSummary> {
  const { err, io } = context
  const client = await context.createClient()
  const progress = createProgress(err, mode, io)
  const counter = createCallCounter()
  let calls = 0
  const query = { agent_id: agentId, timestamp_from: new Date(from), timestamp_to: new Date(to) }
  try {
    for await (const call of client.callLogs.listRange(query, { signal: io.signal })) {
      counter.add({ ...call })
      calls += 1
      const time = Date.parse(call.timestamp)
      progress.update(() => ({ share: shareRead({ from, to }, time), counts: { calls } }))
    }
  } finally {
    progress.end()
  }
  const summary = counter.end({ from, to })
  // Buckets begin at round times, and the range may not.
  const within = (time: string): string =>
    new Date(Math.min(Math.max(Date.parse(time), from), to)).toISOString()
  const volume = summary.volume.map((bucket) =>
    Object.assign(bucket, { from: within(bucket.from), to: within(bucket.to) }),
  )
  return { ...summary, volume }
}

/** Counts calls and tells the figures. */
export async function runStats(
  plan: StatsPlan,
  { format, progress }: { format: 'table' | 'json'; progress: ProgressMode },
  context: Context,
): Promise<void> {
  const { out, io, style, err } = context
  const isRange = !('path' in plan)
  if (isRange && format === 'table')
    err.note(`Window: ${formatTime(plan.from)} to ${formatTime(plan.to)} (UTC).`)
  const summary = isRange
    ? await countRange(plan, context, progress)
    : await countExport(plan.path, context)
  if (format === 'json') {
    const facts = isRange ? describeRange(plan) : { path: plan.path }
    await out.write(`${encodeJson({ schema_version: 1, ...facts, ...summary }, 2)}\n`)
    return
  }
  await out.write(drawStats(summary, { width: io.columns(), style }))
}
