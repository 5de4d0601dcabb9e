import {
  CekuraError,
  listCallLogsInRange,
  type CallLog,
  type CallLogsListInput,
  type CekuraClient,
} from '@cekura-kit/client'
import { rejectsPageSize } from '../errors/client-error-message.ts'

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
