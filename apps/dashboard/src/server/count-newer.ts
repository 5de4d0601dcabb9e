import type { CekuraClient } from '@cekura-kit/client'
import { LRUCache } from 'lru-cache'
import { createMatcher, type CallFilter } from './filter-calls.ts'
import { prepareCall, type PreparedCall } from './prepare-call.ts'
import type { Snapshot } from './range-cache.ts'

export interface NewerCalls {
  count: number
  /** There are more than one page has. */
  isMore: boolean
}

interface Newer {
  calls: PreparedCall[]
  isMore: boolean
}

/** Users who ask within this time get the same response. */
const responseAgeMs = 5000

interface NewerQuery {
  agentId: number
  to: number
  filter: CallFilter
}

/** Counts the calls after the end of a range that match the filter; many users cause one request. */
export function createNewerCounter(
  client: CekuraClient,
  now: () => number,
): (query: NewerQuery, snapshot: Snapshot) => Promise<NewerCalls> {
  const responses = new LRUCache<string, Promise<Newer>>({
    max: 100,
    ttl: responseAgeMs,
    ttlResolution: 0,
    perf: { now },
  })

  async function request({ agentId, to }: NewerQuery, { calls }: Snapshot): Promise<Newer> {
    // Whether the ends of a range are included is not documented.
    const known = new Set(calls.filter(({ at }) => at >= to - 1000).map(({ id }) => id))
    const { results, next } = await client.callLogs.list({
      agent_id: agentId,
      timestamp_from: new Date(to),
      timestamp_to: new Date(Math.max(to, now())),
      page_size: 100,
    })
    const newer = results.filter(({ id }) => !known.has(id))
    return { calls: newer.map((call) => prepareCall(call, false, to)), isMore: next !== null }
  }

  return async (query, snapshot) => {
    const key = `${query.agentId} ${query.to}`
    let response = responses.get(key)
    if (!response) responses.set(key, (response = request(query, snapshot)))
    const { calls, isMore } = await response
    return { count: calls.filter(createMatcher(query.filter)).length, isMore }
  }
}
