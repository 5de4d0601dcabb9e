export interface ValueCount {
  value: string
  count: number
}

/** Counts by value, the most frequent first, ties by name. */
export const rankCounts = (counts: ReadonlyMap<string, number>): ValueCount[] =>
  [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))

/** Adds one to the count of a value. */
export const countOne = (counts: Map<string, number>, value: string): void =>
  void counts.set(value, (counts.get(value) ?? 0) + 1)
