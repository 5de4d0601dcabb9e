/** Edits that turn one word into another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}

/** The most similar name; undefined if none is close. */
export function findSimilar(word: string, names: readonly string[]): string | undefined {
  if (word.length > 40) return undefined
  const [best] = names
    .map((name) => ({ name, edits: distance(word, name) }))
    .toSorted((a, b) => a.edits - b.edits)
  return best && best.edits <= Math.max(1, Math.floor(word.length / 3)) ? best.name : undefined
}

/** `Did you mean "list"?`, or the names to choose from. */
export function suggestName(word: string, names: readonly string[]): string {
  const similar = findSimilar(word, names)
  return similar === undefined ? `Available: ${names.join(', ')}.` : `Did you mean "${similar}"?`
}
