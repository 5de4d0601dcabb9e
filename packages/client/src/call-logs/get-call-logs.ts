import type { CallLog, CallLogsListInput } from '@cekura-kit/types'
import type { CekuraClient } from '../client-types.ts'
import { throwInvalidParameter } from '../errors/usage-error.ts'
import type { CallOptions } from '../settings/client-options.ts'

/** Ids per request; URLs have a maximum length. */
const idsPerRequest = 100

/** A query for call logs by id. */
export interface GetCallLogsQuery extends Omit<CallLogsListInput, 'call_ids' | 'page' | 'page_size'> {
  /** Ids of call logs (`id`, not `call_id`). */
  call_ids: readonly number[]
}

/**
 * Call logs by id, in groups of 100 per request. Unknown ids are left out; the order is the API's.
 *
 * Without `timestamp_from` the API only looks back as far as a list without a range does.
 *
 * @throws {CekuraError} with code `usage` for an empty or invalid list of ids
 * @see operation `callLogs.list`
 * @example
 * for await (const call of getCallLogs(cekura, { agent_id: 2142, call_ids: [481522] })) …
 */
export async function* getCallLogs(
  client: CekuraClient,
  query: GetCallLogsQuery,
  options?: CallOptions,
): AsyncGenerator<CallLog, void, undefined> {
  const isValid =
    Array.isArray(query.call_ids) &&
    query.call_ids.length > 0 &&
    query.call_ids.every(Number.isSafeInteger)
  if (!isValid) throwInvalidParameter('call_ids', 'a non-empty array of integers', query.call_ids)
  const ids = [...new Set(query.call_ids)]
  for (let start = 0; start < ids.length; start += idsPerRequest) {
    const group = ids.slice(start, start + idsPerRequest)
    const wanted = new Set(group)
    const list = client.callLogs.list(
      { ...query, call_ids: group, page_size: idsPerRequest },
      options,
    )
    // A server that ignores the filter must not pass off other calls.
    for await (const call of list) if (wanted.has(call.id)) yield call
  }
}
