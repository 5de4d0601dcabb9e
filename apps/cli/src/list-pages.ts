import { CekuraError, type CallLogPage, type CekuraClient } from '@cekura-kit/client'
import { refusesPageSize } from './client-words.ts'

type Query = Parameters<CekuraClient['callLogs']['list']>[0]

/** Pages of a query; of the service's own size where it refuses the one that is asked for. */
export async function* listPages(
  client: CekuraClient,
  query: Query,
  signal: AbortSignal,
): AsyncGenerator<CallLogPage> {
  try {
    yield* client.callLogs.list(query, { signal }).pages()
  } catch (error) {
    if (!CekuraError.is(error) || !refusesPageSize(error) || query.page_size === undefined)
      throw error
    const { page_size: _, ...rest } = query
    yield* client.callLogs.list(rest, { signal }).pages()
  }
}
