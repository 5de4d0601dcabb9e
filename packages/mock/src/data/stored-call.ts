import type { CallLog } from '@cekura-kit/types'

/** A call log, which changes after the call. */
export interface StoredCall {
  id: number
  agentId: number | null | undefined
  assistantId: string
  timeMs: number
  /** When the record appears; `-Infinity` for a record that a test wrote. */
  createdMs: number
  /** The record at that time. */
  read(nowMs: number): CallLog
}
