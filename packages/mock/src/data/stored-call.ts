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

/** A call without an evaluation. @param own properties that it has from the start */
export function createCall(
  facts: Omit<StoredCall, 'read' | 'details'>,
  own: () => Partial<CallLog>,
): StoredCall {
  const { id, agentId, timeMs, createdMs } = facts
  return {
    ...facts,
    read: () => ({
      id,
      duration: '00:00',
      success: null,
      is_reviewed: false,
      status: 'evaluating',
      feedback: '',
      metrics: [],
      call_ended_reason: '',
      customer_number: '',
      agent: agentId ?? null,
      call_id: `call_${id.toString(36)}`,
      timestamp: formatDateTime(timeMs),
      error_message: null,
      dropoff_point: '',
      topic: '',
      created_at: formatDateTime(createdMs),
      updated_at: formatDateTime(createdMs),
      ...own(),
    }),
  }
}

/** A call that changes at a time. Of several changes of a property, the one added last counts. */
export const changedAt = (
  call: StoredCall,
  atMs: number,
  change: (found: CallLog) => Partial<CallLog>,
): StoredCall => ({
  ...call,
  read(nowMs) {
    const found = call.read(nowMs)
    if (nowMs < atMs) return found
    const isLatest = atMs > (Date.parse(found.updated_at ?? '') || -Infinity)
    return { ...found, ...(isLatest && { updated_at: formatDateTime(atMs) }), ...change(found) }
  },
})

/** A call with some properties fixed, whatever happens to the others later. */
export const withChange = (
  call: StoredCall,
  change: Partial<CallLog>,
  { atMs = -Infinity, details = {} }: { atMs?: number; details?: Partial<CallLogDetail> } = {},
): StoredCall => ({
  ...changedAt(call, atMs, () => change),
  ...(change.timestamp !== undefined && { timeMs: Date.parse(change.timestamp) }),
  ...(change.agent !== undefined && { agentId: change.agent }),
  details: { ...call.details, ...details },
})
