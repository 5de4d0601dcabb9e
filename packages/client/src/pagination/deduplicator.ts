/** Ids that are remembered; a repeated item is found among the newest ones. */
const maxRemembered = 100_000

/** Returns a function that drops items whose `id` came before. Items without an id are all kept. */
export function createDeduplicator(): <Item>(items: readonly Item[]) => Item[] {
  const seen = new Set<unknown>()
  return (items) =>
    items.filter((item) => {
      const { id } = item as { id?: unknown }
      // A missing id proves nothing, so nothing is dropped because of it.
      if (typeof id !== 'number' && (typeof id !== 'string' || id === '')) return true
      if (seen.has(id)) return false
      seen.add(id)
      if (seen.size > maxRemembered) seen.delete(seen.values().next().value)
      return true
    })
}
