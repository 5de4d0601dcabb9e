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

/** A window as it was read. */
export interface WindowRead {
  rows: readonly StateRow[]
  quarantined: readonly QuarantinedRow[]
  readAt: number
  /** False if the window changed while its pages were read. */
  stable: boolean
  /** Whether its calls were older than the settle time when it was read. */
  closed: boolean
}

/** What a pass over the range found. */
export interface Counters {
  new: number
  changed: number
  unchanged: number
  deleted: number
}

/** A stored call. A tuple, because SQLite returns those in two thirds of the time of objects. */
export type StoredCall = [json: string, deletedAt: string | null]

export interface FileRecord {
  name: string
  sha256: string
  bytes: number
  rows: number
  /** When the file was last modified, in Unix milliseconds. */
  modified: number
}
