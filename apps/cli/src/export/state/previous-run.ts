import type { Span } from '../read/span.ts'

/** A time as typed and the Unix milliseconds it means now. */
export interface TypedTime {
  text: string
  time: number
}

export interface WindowRecord extends Span {
  calls: number
  readAt: number
  /** False if the window changed while its pages were read. */
  stable: boolean
  /** Whether its calls were older than the settle time when it was read. */
  closed: boolean
}

/** What earlier runs left in the state. */
export interface PreviousRun {
  /** The range as typed by the first run, and the times it meant then. */
  from: TypedTime
  /** The end of the range; `text` is empty without `--to`. */
  to: TypedTime
  windows: readonly WindowRecord[]
  /** Whether the range is read completely and deletions are confirmed. */
  isComplete: boolean
}
