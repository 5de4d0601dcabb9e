import type { Span } from '../read/span.ts'
import type { FileFacts } from '../write/write-files.ts'

export interface StateRow {
  id: number
  timestamp: number
  /** Unix milliseconds; null if the API sends none. */
  updatedAt: number | null
  json: string
}

/** A row that cannot be a call, as the API sent it. */
export interface QuarantinedRow {
  reason: string
  json: string
}

interface WindowFacts {
  /** False if the window changed while its pages were read. */
  stable: boolean
  /** Whether its calls were older than the settle time when it was read. */
  closed: boolean
}

/** A window as it was read. */
export interface WindowRead extends WindowFacts {
  rows: readonly StateRow[]
  quarantined: readonly QuarantinedRow[]
}

/** A window in the state. */
export type WindowRecord = Span & WindowFacts

/** What a pass over the range found. */
export interface Counters {
  new: number
  changed: number
  unchanged: number
  deleted: number
}

/** A stored call. A tuple, because SQLite returns those in two thirds of the time of objects. */
export type StoredCall = [json: string, deletedAt: string | null]

export interface FileRecord extends FileFacts {
  rows: number
}

/** A time as typed and the Unix milliseconds it means now. */
export interface TypedTime {
  text: string
  time: number
}

/** A range as typed by the first run, and the times it meant then. */
export interface TypedRange {
  from: TypedTime
  /** Exclusive; `text` is empty without `--to`. */
  to: TypedTime
}

/** What earlier runs left in the state. */
export interface PreviousRun extends TypedRange {
  windows: readonly WindowRecord[]
  /** Whether the range is read completely and deletions are confirmed. */
  isComplete: boolean
}
