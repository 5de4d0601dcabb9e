import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { formatTime } from '../config/time.ts'
import type { Context } from '../context.ts'
import { createCallWriter, type CallOutput } from '../output/write-calls.ts'
import { formatNumber, plural } from '../terminal/format-number.ts'
import { outcomeOf, sortCalls, type ListPlan } from './plan.ts'
import { readPages } from './read-pages.ts'

interface Found {
  shown: CallLog[]
  /** Calls that were read. */
  scanned: number
  count: number | undefined
  isCountWhole: boolean
  isMore: boolean
}

/** Reads up to the limit, and passes each call that will be shown to `show`. */
async function findCalls(
  client: CekuraClient,
  plan: ListPlan,
  show: (call: CallLog) => Promise<void>,
  found: Found,
  signal: AbortSignal,
): Promise<void> {
  const { matches, limit, sort } = plan
  const isSorted = sort !== 'newest'
  const all: CallLog[] = []
  for await (const page of readPages(client, plan, signal)) {
    found.scanned += page.calls.length
    found.count = page.count
    found.isCountWhole = page.isLastWindow
    const wanted = matches ? page.calls.filter(matches) : page.calls
    if (isSorted) {
      all.push(...wanted)
      continue
    }
    const fitting = wanted.slice(0, limit - found.shown.length)
    found.shown.push(...fitting)
    for (const call of fitting) await show(call)
    found.isMore = wanted.length > fitting.length || !page.isLast
    if (found.shown.length === limit) return
  }
  found.isMore = all.length > limit
  const sorted = sortCalls(all, sort).slice(0, limit)
  found.shown.push(...sorted)
  for (const call of sorted) await show(call)
}

function summarize({ matches, limit, from }: ListPlan, found: Found): string {
  const { shown, scanned, count, isCountWhole, isMore } = found
  if (scanned === 0) return `No calls found.${from === undefined ? ' Try --from 30d.' : ''}`
  const ended = (outcome: string) => shown.filter((call) => outcomeOf(call) === outcome).length
  const parts = [
    `${formatNumber(ended('success'))} succeeded`,
    `${formatNumber(ended('failure'))} failed`,
    ...(ended('unevaluated') > 0 ? [`${formatNumber(ended('unevaluated'))} not evaluated`] : []),
  ]
  const reviewed = shown.filter(({ is_reviewed: isReviewed }) => isReviewed).length
  const facts = `(${parts.join(', ')}; ${formatNumber(reviewed)} reviewed)`
  const whole = matches || count === undefined || !isMore
  const total = whole ? '' : ` of ${formatNumber(count)}${isCountWhole ? '' : '+'}`
  const lines = [
    `Showing ${whole ? plural(shown.length, 'call') : `${formatNumber(shown.length)}${total} calls`} ${facts}.`,
  ]
  if (matches)
    lines.push(
      `Scanned ${formatNumber(scanned)}${count === undefined ? '' : ` of ${formatNumber(count)}${isCountWhole ? '' : '+'}`} calls.`,
    )
  if (isMore) lines.push(`Use --limit ${limit * 10} for more, or \`export\`.`)
  return lines.join(' ')
}

/**
 * Lists calls.
 *
 * @throws {CekuraError} after what was read is written
 */
export async function runList(
  client: CekuraClient,
  plan: ListPlan,
  output: CallOutput,
  context: Context,
): Promise<void> {
  const { err, io } = context
  const { from, to, agentId } = plan
  const writer = createCallWriter(context, output)
  err.note(
    from === undefined
      ? `Showing the latest calls up to ${formatTime(to, output.zone)}. Use --from to look further back.`
      : `Range: ${formatTime(from, output.zone)} to ${formatTime(to, output.zone)}.`,
  )
  const found: Found = { shown: [], scanned: 0, count: undefined, isCountWhole: true, isMore: true }
  const end = async (): Promise<void> => {
    const range = {
      from: from === undefined ? null : new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    }
    const count = found.isCountWhole ? (found.count ?? null) : null
    const facts = { agent_id: agentId, window: range, count, is_complete: !found.isMore }
    await writer.end(facts)
    err.note(summarize(plan, found))
  }
  try {
    await findCalls(client, plan, (call) => writer.write(call), found, io.signal)
  } catch (error) {
    // What was read is shown before the failure.
    if (found.shown.length > 0 && !io.signal.aborted) await end()
    throw error
  }
  await end()
}
