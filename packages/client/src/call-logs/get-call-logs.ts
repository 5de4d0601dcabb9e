import type { CallLog, CallLogsListInput } from '@cekura-kit/types'
import type { CekuraClient } from '../client-types.ts'
import { CekuraError } from '../errors/cekura-error.ts'
import { throwInvalidParameter } from '../errors/usage-error.ts'
import type { CallOptions } from '../settings/client-options.ts'
import { checkNoPage, readRange, splitRange, type TimeWindow } from './split-range.ts'

/** Ids per request; URLs have a maximum length. */
const idsPerRequest = 100

/** A query for call logs by id. */
export interface GetCallLogsQuery extends Omit<
  CallLogsListInput,
  'call_ids' | 'page' | 'page_size'
> {
  /** Ids of call logs (`id`, not `call_id`). */
  call_ids: readonly number[]
}

/** The maximum page size is not documented. */
const rejectsPageSize = (error: unknown): boolean =>
  CekuraError.hasReason(error, 'error_status') && error.details.fields.includes('page_size')

/** The call logs of one request's ids in one window. */
async function* readGroup(
  client: Pick<CekuraClient, 'callLogs'>,
  query: CallLogsListInput & { call_ids: readonly number[] },
  options: CallOptions | undefined,
): AsyncGenerator<CallLog, void, undefined> {
  try {
    yield* client.callLogs.list({ ...query, page_size: idsPerRequest }, options)
  } catch (error) {
    if (!rejectsPageSize(error)) throw error
    yield* client.callLogs.list(query, options)
  }
}

/**
 * Call logs by id, each once, in groups of 100 ids per request. Unknown ids are left out; the order
 * is the API's.
 *
 * With `timestamp_from` a range of any length is searched, newest part first. Without it, the API
 * looks back only as far as a list without a range does.
 *
 * @throws {CekuraError} with code `usage` for an empty or invalid list of ids
 * @see operation `callLogs.list`
 * @example
 * for await (const call of getCallLogs(cekura, { agent_id: 2142, call_ids: [481522] })) …
 */
export async function* getCallLogs(
  client: Pick<CekuraClient, 'callLogs'>,
  query: GetCallLogsQuery,
  options?: CallOptions,
): AsyncGenerator<CallLog, void, undefined> {
  checkNoPage(query)
  const { call_ids, timestamp_from, timestamp_to, ...rest } = query
  const isValid =
    Array.isArray(call_ids) && call_ids.length > 0 && call_ids.every(Number.isSafeInteger)
  if (!isValid) throwInvalidParameter('call_ids', 'a non-empty array of integers', call_ids)
  const missing = new Set<number>(call_ids)
  const windows: Iterable<TimeWindow | { timestamp_to: Date | string | undefined }> =
    timestamp_from === undefined
      ? [{ timestamp_to }]
      : splitRange(readRange(timestamp_from, timestamp_to), 'newest')
  for (const window of windows) {
    const ids = [...missing]
    for (let start = 0; start < ids.length; start += idsPerRequest) {
      const group = ids.slice(start, start + idsPerRequest)
      // A server that ignores the filter must not pass off other calls.
      for await (const call of readGroup(client, { ...rest, ...window, call_ids: group }, options))
        if (missing.delete(call.id)) yield call
    }
  }
}
