// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type {
  CallLogsListResponse,
} from './aliases.ts'

/** Input of `callLogs.list`: parameters by name. */
export interface CallLogsListInput {
  /** Page number in the result set. The first page is 1. */
  page?: number | undefined
  /**
   * Maximum number of call logs per page. Neither a default nor a maximum is documented; a page can
   * be shorter than requested.
   */
  page_size?: number | undefined
  /**
   * Only calls at or after this time, an RFC 3339 date-time with a UTC offset. Whether the exact
   * time is included is not documented.
   */
  timestamp_from?: string | Date | undefined
  /**
   * Only calls up to this time, an RFC 3339 date-time with a UTC offset. Whether the exact time is
   * included is not documented.
   */
  timestamp_to?: string | Date | undefined
  /**
   * Only these calls: a comma-separated list of call log ids, at least 1 character long. An id is
   * the integer `id` of a call log, not the provider's `call_id`.
   */
  call_ids?: string | readonly number[] | undefined
  /** Only calls of the agent with this id. */
  agent_id: number
  /**
   * Only calls of the assistant with this id, at least 1 character long. The voice provider assigns
   * it.
   */
  assistant_id?: string | undefined
}

/**
 * Every operation that a client method can call, by operationId: its input, its output, and the
 * item of a paginated list.
 */
export interface ApiOperations {
  callLogs: {
    /**
     * List the call logs of one agent, one page at a time
     *
     * Returns one page of an agent's call logs. `count`, `next` and `previous` describe the
     * filtered result set. A record can change after the call: its evaluation can arrive late, and
     * a person can review it.
     * @see GET /observability/v1/call-logs/
     */
    list: { input: CallLogsListInput; output: CallLogsListResponse; item: CallLogsListResponse['results'][number] }
  }
}
