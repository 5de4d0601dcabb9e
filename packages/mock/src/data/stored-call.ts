import type { CallLog, CallLogDetail } from '@cekura-kit/types'
import { formatDateTime } from '../validate-input.ts'

/** A call log, which changes after the call. */
export interface StoredCall {
  id: number
  agentId: number | null | undefined
  assistantId: string
  timeMs: number
  /** When the record appears; `-Infinity` for a record that a test wrote. */
  createdMs: number
  /** The record at that time, as a list shows it. */
  read(nowMs: number): CallLog
  /** What a request wrote that a list does not show. */
  details?: Partial<CallLogDetail>
}

/** A call with some properties fixed, whatever happens to the others later. */
export const withChange = (
  call: StoredCall,
  change: Partial<CallLog>,
  details: Partial<CallLogDetail> = {},
): StoredCall => ({
  ...call,
  ...(change.timestamp !== undefined && { timeMs: Date.parse(change.timestamp) }),
  ...(change.agent !== undefined && { agentId: change.agent }),
  read: (nowMs) => ({ ...call.read(nowMs), ...change }),
  details: { ...call.details, ...details },
})

/** A call that changed at a time; a later change counts instead. */
export const withUpdatedAt = (call: StoredCall, timeMs: number): StoredCall => ({
  ...call,
  read(nowMs) {
    const found = call.read(nowMs)
    const earlierMs = Date.parse(found.updated_at ?? '') || -Infinity
    return { ...found, updated_at: formatDateTime(Math.max(earlierMs, timeMs)) }
  },
})
