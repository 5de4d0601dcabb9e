import { listCallLogsInRange, type CallLog } from '@cekura-kit/client'
import type { Context } from '../context.ts'
import { dayMs } from '../time-units.ts'
import { createProgress, type ProgressMode } from '../terminal/progress.ts'
import type { RangePlan } from './plan.ts'

/** The longest range that the client requests at once. */
const windowMs = 30 * dayMs

/** Share of a range that is read in 30-day windows, the oldest first, each from its end. */
export function shareRead({ from, to }: { from: number; to: number }, time: number): number {
  const at = Math.min(Math.max(Number.isNaN(time) ? from : time, from), to)
  const start = from + Math.floor((at - from) / windowMs) * windowMs
  const end = Math.min(start + windowMs, to)
  return (start - from + (end - at)) / (to - from)
}

/** Reads every call of a range and shows progress. */
export async function readRange(
  { agentId, from, to }: RangePlan,
  add: (call: CallLog) => void,
  { context, mode }: { context: Context; mode: ProgressMode },
): Promise<void> {
  const { err, io } = context
  const progress = createProgress(err, mode, io)
  const client = await context.createClient({
    onRetry: ({ code, attempts, delayMs }) =>
      progress.event('retry', { code, attempt: attempts, delay_ms: delayMs }),
  })
  let calls = 0
  progress.event('start', { from: new Date(from).toISOString(), to: new Date(to).toISOString() })
  const query = { agent_id: agentId, timestamp_from: new Date(from), timestamp_to: new Date(to) }
  try {
    for await (const call of listCallLogsInRange(client, query, { signal: io.signal })) {
      const time = Date.parse(call.timestamp)
      // Whether the API includes the end of a range is not documented.
      if (time >= to) continue
      add(call)
      calls += 1
      progress.update(() => ({ share: shareRead({ from, to }, time), counts: { calls } }))
    }
  } finally {
    progress.end()
  }
  progress.event('complete', { calls })
}
