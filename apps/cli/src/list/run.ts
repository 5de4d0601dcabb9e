import { formatNumber, plural } from '@cekura-kit/call-format'
import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { toWindow } from '../config/plan-range.ts'
import { formatTime } from '../config/time.ts'
import type { Context } from '../context.ts'
import { createRecordWriter, type OutputOptions } from '../output/write-records.ts'
import { sortCalls, type ListPlan } from './plan.ts'
import { countCalls, readCalls } from './read-calls.ts'

interface Found {
  /** Calls that are shown. */
  shown: number
  /** Calls that were read. */
  scanned: number
  /** Calls in the range; undefined if the API sends no count. */
  count: number | undefined
  /** Whether calls were read that match and are not shown. */
  isCut: boolean
}

/** The calls to show, as soon as they are known. */
async function* findCalls(
  client: CekuraClient,
  plan: ListPlan,
  found: Found,
  signal: AbortSignal,
): AsyncGenerator<CallLog> {
  const { matches, limit, sort } = plan
  const all: CallLog[] = []
  const pageSize = matches || sort !== 'newest' ? 100 : Math.min(limit, 100)
  for await (const call of readCalls(client, { ...plan, pageSize }, signal)) {
    found.scanned += 1
    if (matches && !matches(call)) continue
    if (sort !== 'newest') all.push(call)
    else {
      yield call
      if (found.shown === limit) return
    }
  }
  found.count = found.scanned
  found.isCut = all.length > limit
  yield* sortCalls(all, sort).slice(0, limit)
}

/** Whether calls of the range are not shown. */
const isMore = ({ scanned, count, isCut }: Found): boolean =>
  isCut || count === undefined || count > scanned

/** `Showing 5 of 6,000 calls.` */
function summarize({ matches, limit, from }: ListPlan, found: Found): string {
  const { shown, scanned, count } = found
  if (scanned === 0) return `No calls found.${from === undefined ? ' Try --from 30d.' : ''}`
  const total = isMore(found) && count !== undefined ? ` of ${formatNumber(count)} calls` : ''
  const isOfAll = total !== '' && !matches
  return [
    `Showing ${isOfAll ? `${formatNumber(shown)}${total}` : plural(shown, 'call')}.`,
    ...(matches ? [`Scanned ${formatNumber(scanned)}${total || ' calls'}.`] : []),
    ...(isMore(found) ? [`Use --limit ${limit * 10} for more, or \`export\`.`] : []),
  ].join(' ')
}

/**
 * Lists calls.
 *
 * @throws {CekuraError} after what was read is written
 */
export async function runList(
  plan: ListPlan,
  options: OutputOptions,
  context: Context,
): Promise<void> {
  const { err, io } = context
  const { from, to, agentId, assistant } = plan
  const client = await context.createClient()
  const writer = createRecordWriter(context, options, { operation: 'callLogs.list' })
  err.note(
    from === undefined
      ? `Showing the latest calls up to ${formatTime(to, options.tz)}. Use --from to look further back.`
      : `Range: ${formatTime(from, options.tz)} to ${formatTime(to, options.tz)}.`,
  )
  const found: Found = { shown: 0, scanned: 0, count: undefined, isCut: false }
  const end = async (): Promise<void> => {
    const count = found.count ?? null
    const is_complete = !isMore(found)
    await writer.end({ agent_id: agentId, window: toWindow(plan), count, is_complete })
    err.note(summarize(plan, found))
  }
  try {
    for await (const call of findCalls(client, plan, found, io.signal)) {
      found.shown += 1
      await writer.write(call)
    }
    if (found.count === undefined && assistant === undefined) {
      const count = await countCalls(client, plan, io.signal)
      // A count can be wrong, even 0.
      if (count !== undefined && count >= found.scanned) found.count = count
    }
  } catch (error) {
    // What was read is shown before the failure.
    if (found.shown > 0 && !io.signal.aborted) await end()
    throw error
  }
  await end()
}
