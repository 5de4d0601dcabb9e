/** Remembers what was made for an object under a key; the least recently used goes first. */
export function createRecall<Value>(
  most: number,
): (owner: object, key: string, make: () => Value) => Value {
  const byOwner = new WeakMap<object, Map<string, Value>>()
  return (owner, key, make) => {
    let made = byOwner.get(owner)
    if (!made) byOwner.set(owner, (made = new Map()))
    const value = made.has(key) ? made.get(key)! : make()
    made.delete(key)
    made.set(key, value)
    if (made.size > most) made.delete(made.keys().next().value!)
    return value
  }
}
