import type { CekuraClient } from '@cekura-kit/client'

/** Calls in ranges that one request may cover, by the API's `count`; undefined if it sends none. */
export async function countCalls(
  { callLogs }: Pick<CekuraClient, 'callLogs'>,
  agentId: number,
  ranges: Iterable<{ start?: number; end: number }>,
  signal: AbortSignal,
): Promise<number | undefined> {
  let calls = 0
  for (const { start, end } of ranges) {
    const query = {
      agent_id: agentId,
      page_size: 1,
      ...(start !== undefined && { timestamp_from: new Date(start) }),
      timestamp_to: new Date(end),
    }
    const { count } = await callLogs.list(query, { signal })
    if (count === undefined) return undefined
    calls += count
  }
  return calls
}
