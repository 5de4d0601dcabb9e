/** One request that the sandbox has answered; never its key. */
export interface JournalEntry {
  query: Record<string, string>
  status: number
  /** What spoiled the answer, when something did. */
  by?: 'fault' | 'rate-limit'
}

export interface Journal {
  add(entry: JournalEntry): void
  /** The last ones, oldest first. */
  last(): readonly JournalEntry[]
}

/** Keeps the last `most` requests. */
export function createJournal(most: number): Journal {
  const entries: JournalEntry[] = []
  let count = 0
  return {
    add(entry) {
      entries[count++ % most] = entry
    },
    last() {
      // Where the next one goes the oldest stands, or nothing yet.
      const oldest = count % most
      return [...entries.slice(oldest), ...entries.slice(0, oldest)]
    },
  }
}
