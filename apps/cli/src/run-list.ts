import type { CallLog, CekuraClient } from '@cekura-kit/client'
import type { Context } from './context.ts'
import { cutSpans } from './export/walk-plan.ts'
import { listPages } from './list-pages.ts'
import type { ListPlan } from './plan-list.ts'
import { formatTime } from './settings/read-time.ts'
import { summarizeCalls } from './summarize-calls.ts'
import { createCallWriter, type CallOutput } from './write-calls.ts'

/** The range that is asked for, in words. */
const describeRange = ({ from, to }: ListPlan): string =>
  from === undefined
    ? `up to ${formatTime(to)}; without --from the service decides how far back it looks`
    : `${formatTime(from)} to ${formatTime(to)}`

/** Pages of the range, newest window first, each call once. */
async function* readPages(
  client: CekuraClient,
  { agentId, from, to, limit, assistant, status }: ListPlan,
  signal: AbortSignal,
): AsyncGenerator<{ calls: CallLog[]; isLast: boolean }> {
  const query = {
    agent_id: agentId,
    page_size: status === undefined ? Math.min(limit, 100) : 100,
    ...(assistant !== undefined && { assistant_id: assistant }),
  }
  const windows =
    from === undefined ? [undefined] : [...cutSpans([{ start: from, end: to }])].toReversed()
  const seen = new Set<number>()
  for (const window of windows) {
    const range = {
      ...(window && { timestamp_from: new Date(window.start).toISOString() }),
      timestamp_to: new Date(window?.end ?? to).toISOString(),
    }
    for await (const page of listPages(client, { ...query, ...range }, signal)) {
      // Neighboring windows share an instant.
      const calls = page.results.filter(({ id }) => !seen.has(id))
      for (const { id } of calls) seen.add(id)
      yield { calls, isLast: page.next === null && window === windows.at(-1) }
    }
  }
}

/** Lists an agent's calls. */
export async function runList(
  client: CekuraClient,
  plan: ListPlan,
  output: CallOutput,
  context: Context,
): Promise<void> {
  const { err, io } = context
  const writer = createCallWriter(context, output)
  const shown: CallLog[] = []
  let read = 0
  let mayBeMore = false
  err.note(`Window: ${describeRange(plan)} (UTC).`)
  for await (const { calls, isLast } of readPages(client, plan, io.signal)) {
    read += calls.length
    const wanted = calls.filter(({ status }) => plan.status === undefined || status === plan.status)
    const fitting = wanted.slice(0, plan.limit - shown.length)
    for (const call of fitting) await writer.write(call)
    shown.push(...fitting)
    mayBeMore = wanted.length > fitting.length || !isLast
    if (shown.length === plan.limit) break
  }
  if (shown.length < plan.limit) mayBeMore = false
  const range = {
    from: plan.from === undefined ? null : new Date(plan.from).toISOString(),
    to: new Date(plan.to).toISOString(),
  }
  await writer.end({ agent_id: plan.agentId, window: range, is_complete: !mayBeMore })
  const filtered = plan.status === undefined ? '' : ` Read ${read} to filter by status.`
  const more = mayBeMore ? ` There may be more: --limit ${plan.limit * 10}, or export for all.` : ''
  const further = read === 0 && plan.from === undefined ? ' --from looks further back.' : ''
  err.note(`${summarizeCalls(shown)}${filtered}${more}${further}`)
}
