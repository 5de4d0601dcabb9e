/** A number from 0 to 1, exclusive, the same for the same seed, row and purpose. */
export function hashUnit(seed: number, row: number, purpose: number): number {
  // Two rounds of a 32-bit mixer. There is no sequence, so no draw depends on another one.
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(row + 1, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16) ^ Math.imul(purpose + 1, 0x27d4eb2f), 0x165667b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296
}

/** One of the values, by weight. */
export function pick<Value>(unit: number, weighted: readonly (readonly [Value, number])[]): Value {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
  let rest = unit * total
  for (const [value, weight] of weighted) {
    rest -= weight
    if (rest < 0) return value
  }
  return weighted.at(-1)![0]
}
