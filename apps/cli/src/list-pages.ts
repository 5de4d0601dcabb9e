import { CekuraError, type CallLogPage, type CekuraClient } from '@cekura-kit/client'

type Query = Parameters<CekuraClient['callLogs']['list']>[0]

/** Whether the service refuses so many calls at a time; how many it gives is not documented. */
export const isPageSizeRefused = (error: unknown): boolean =>
  CekuraError.is(error, 'bad_request') &&
  typeof error.body === 'object' &&
  error.body !== null &&
  'page_size' in error.body

/** Pages of a query; of the service's own size where it refuses the one that is asked for. */
export async function* listPages(
  client: CekuraClient,
  query: Query,
  signal: AbortSignal,
): AsyncGenerator<CallLogPage> {
  try {
    yield* client.callLogs.list(query, { signal }).pages()
  } catch (error) {
    if (!isPageSizeRefused(error) || query.page_size === undefined) throw error
    const { page_size: _, ...rest } = query
    yield* client.callLogs.list(rest, { signal }).pages()
  }
}
