import type { CallLog } from '@cekura-kit/client'
import type { RangePlan } from '../config/plan-range.ts'
import type { Context } from '../context.ts'
import { readCalls } from '../list/read-calls.ts'
import { createProgress } from '../terminal/progress.ts'

/** Share of a range that is read, from its end: the newest window is first, and the newest calls in it. */
export const shareRead = ({ from, to }: { from: number; to: number }, time: number): number =>
  Number.isNaN(time) ? 0 : (to - Math.min(Math.max(time, from), to)) / (to - from)

/** Reads every call of a range and shows progress. */
export async function readRange(
  range: RangePlan,
  add: (call: CallLog) => void,
  { io, err, createClient }: Context,
): Promise<void> {
  using progress = createProgress(err, io)
  const client = await createClient()
  let calls = 0
  for await (const call of readCalls(client, range, io.signal)) {
    const time = Date.parse(call.timestamp)
    // Whether the API includes the end of a range is not documented.
    if (time >= range.to) continue
    add(call)
    calls += 1
    progress.update(shareRead(range, time), calls)
  }
}
