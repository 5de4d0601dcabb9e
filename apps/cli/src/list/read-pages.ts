import {
  CekuraError,
  type CallLog,
  type CallLogPage,
  type CallLogsListInput,
  type CekuraClient,
} from '@cekura-kit/client'
import { rejectsPageSize } from '../errors/client-error-message.ts'
import { splitRange } from '../export/read/window-plan.ts'
import type { ListPlan } from './plan.ts'

/** Pages of a query, in the API's own size if it rejects the requested one. */
async function* readQuery(
  client: CekuraClient,
  query: CallLogsListInput,
  signal: AbortSignal,
): AsyncGenerator<CallLogPage> {
  try {
    yield* client.callLogs.list(query, { signal }).pages()
  } catch (error) {
    if (!CekuraError.is(error) || !rejectsPageSize(error)) throw error
    const { page_size: _, ...rest } = query
    yield* client.callLogs.list(rest, { signal }).pages()
  }
}

export interface CallsRead {
  calls: CallLog[]
  /** Calls in the windows read so far; undefined if the API sends no count. */
  count: number | undefined
  isLastWindow: boolean
  isLast: boolean
}

/** Pages of a range of any length with their counts, newest window first, each call once. */
export async function* readPages(
  client: CekuraClient,
  { agentId, from, to, limit, assistant, sort, matches }: ListPlan,
  signal: AbortSignal,
): AsyncGenerator<CallsRead> {
  const isWhole = matches !== undefined || sort !== 'newest'
  const query = {
    agent_id: agentId,
    page_size: isWhole ? 100 : Math.min(limit, 100),
    ...(assistant !== undefined && { assistant_id: assistant }),
  }
  const windows =
    from === undefined ? [undefined] : [...splitRange([{ start: from, end: to }])].toReversed()
  const seen = new Set<number>()
  let before: number | undefined = 0
  for (const window of windows) {
    const range = {
      ...(window && { timestamp_from: new Date(window.start).toISOString() }),
      timestamp_to: new Date(window?.end ?? to).toISOString(),
    }
    let count: number | undefined
    const isLastWindow = window === windows.at(-1)
    for await (const page of readQuery(client, { ...query, ...range }, signal)) {
      // Neighboring windows share a millisecond.
      const calls = page.results.filter(({ id }) => !seen.has(id))
      for (const { id } of calls) seen.add(id)
      count = before === undefined || page.count === undefined ? undefined : before + page.count
      yield { calls, count, isLastWindow, isLast: page.next === null && isLastWindow }
    }
    before = count
  }
}
