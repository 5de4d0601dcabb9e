import type { Outcome } from '@cekura-kit/call-format'

/** What filters, sorting and columns read of a call. */
export interface CallFacts {
  id: number
  call_id: string
  /** Milliseconds since 1970; null when the timestamp is not valid. */
  time: number | null
  /** Duration; null when unknown. */
  seconds: number | null
  outcome: Outcome
  reviewed: boolean
  reason: string
  topic: string
  dropoff: string
  /** Masked. */
  number: string
}

/** A row of the table, its strings cut to what a cell can show. */
export interface CallRow extends CallFacts {
  /** Results of the requested metrics. */
  scores: { id: number; score?: number; label?: string }[]
}
