import type { CallLog } from '@cekura-kit/client'
import type { Context } from '../context.ts'
import { readCalls } from '../list/read-calls.ts'
import { createProgress, type ProgressMode } from '../terminal/progress.ts'
import type { RangePlan } from './plan.ts'

/** Share of a range that is read, from its end: the newest window is first, and the newest calls in it. */
export const shareRead = ({ from, to }: { from: number; to: number }, time: number): number =>
  Number.isNaN(time) ? 0 : (to - Math.min(Math.max(time, from), to)) / (to - from)

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
  try {
    for await (const call of readCalls(client, { agentId, from, to }, io.signal)) {
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
