/** A share with its 95 % interval (Wilson), all from 0 to 1. */
export interface Proportion {
  share: number
  low: number
  high: number
}

/** Standard deviations on each side of a 95 % interval. */
export const z95 = 1.959963984540054

/** Null when `total` is 0. */
export function proportion(part: number, total: number): Proportion | null {
  if (total === 0) return null
  const share = part / total
  const z2 = z95 ** 2
  const center = (share + z2 / (2 * total)) / (1 + z2 / total)
  const half =
    (z95 / (1 + z2 / total)) * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total ** 2))
  return {
    share,
    low: Math.min(share, Math.max(0, center - half)),
    high: Math.max(share, Math.min(1, center + half)),
  }
}

/** The complementary error function for x ≥ 0, by its continued fraction or its series; error < 1e-12. */
function tailOf(x: number): number {
  if (x < 2) {
    let term = x
    let sum = x
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
      term *= -(x * x) / n
      sum += term / (2 * n + 1)
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = 0
  for (let n = 60; n > 0; n -= 1) fraction = n / 2 / (x + fraction)
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction)
}

/** How likely a standard normal variable is at least as far from 0. */
export const twoSidedP = (z: number): number => tailOf(Math.abs(z) / Math.SQRT2)
