import {
  CekuraError,
  type CallLogPage,
  type CallLogsListInput,
  type CekuraClient,
} from '@cekura-kit/client'
import { rejectsPageSize } from './client-error-message.ts'

/** Pages of a query, in the API's own size if it rejects the one requested. */
export async function* listPages(
  client: CekuraClient,
  query: CallLogsListInput,
  signal: AbortSignal,
): AsyncGenerator<CallLogPage> {
  try {
    yield* client.callLogs.list(query, { signal }).pages()
  } catch (error) {
    if (!CekuraError.is(error) || !rejectsPageSize(error) || query.page_size === undefined)
      throw error
    const { page_size: _, ...rest } = query
    yield* client.callLogs.list(rest, { signal }).pages()
  }
}
