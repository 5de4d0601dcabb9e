/** One request that the sandbox received; never its key. */
export interface JournalEntry {
  operationId: string
  method: string
  path: string
  /** The last value of each name. */
  query: Record<string, string>
  status: number
  /** Set if a fault changed the response. */
  by?: 'fault'
}

export interface Journal {
  add(entry: JournalEntry): void
  /** The last requests, oldest first. */
  last(): readonly JournalEntry[]
}

/** Keeps the last `max` requests. */
export function createJournal(max: number): Journal {
  let entries: JournalEntry[] = []
  return {
    add(entry) {
      entries.push(entry)
      if (entries.length >= 2 * max) entries = entries.slice(-max)
    },
    last: () => entries.slice(-max),
  }
}
