import {
  CekuraError,
  listCallLogsInRange,
  type CallLog,
  type CallLogsListInput,
  type CekuraClient,
} from '@cekura-kit/client'
import { rejectsPageSize } from '../errors/client-error-message.ts'
import { splitSpans } from '../export/read/span.ts'

export interface CallsQuery {
  agentId: number
  /** Undefined: the API decides how far back it looks. */
  from: number | undefined
  to: number
  assistant?: string | undefined
  /** Calls per request. */
  pageSize?: number
}

/** Calls of a range, newest window first, each once; in the API's page size if it rejects ours. */
export async function* readCalls(
  client: CekuraClient,
  { agentId, from, to, assistant, pageSize = 100 }: CallsQuery,
  signal: AbortSignal,
): AsyncGenerator<CallLog> {
  const query: CallLogsListInput = {
    agent_id: agentId,
    timestamp_to: new Date(to),
    ...(assistant !== undefined && { assistant_id: assistant }),
  }
  const read = (size: { page_size?: number }): AsyncIterable<CallLog> => {
    if (from === undefined) return client.callLogs.list({ ...query, ...size }, { signal })
    const range = { ...query, ...size, timestamp_from: new Date(from) }
    return listCallLogsInRange(client, range, { signal, order: 'newest' })
  }
  try {
    yield* read({ page_size: pageSize })
  } catch (error) {
    if (!CekuraError.is(error) || !rejectsPageSize(error)) throw error
    yield* read({})
  }
}

/** Calls of a range by the API's `count`; undefined if it sends none. */
export async function countCalls(
  { callLogs }: CekuraClient,
  { agentId, from, to }: CallsQuery,
  signal: AbortSignal,
): Promise<number | undefined> {
  const ranges =
    from === undefined
      ? [{ timestamp_to: new Date(to) }]
      : [...splitSpans([{ start: from, end: to }])].map(({ start, end }) => ({
          timestamp_from: new Date(start),
          timestamp_to: new Date(end),
        }))
  let calls = 0
  for (const range of ranges) {
    const query = { agent_id: agentId, page_size: 1, ...range }
    const { count } = await callLogs.list(query, { signal })
    if (count === undefined) return undefined
    calls += count
  }
  return calls
}
