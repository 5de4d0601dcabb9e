/** The value below which a share of a sorted list is, interpolated between neighbors. */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null
  const position = (sorted.length - 1) * share
  const low = sorted[Math.floor(position)]!
  return low + (sorted[Math.ceil(position)]! - low) * (position % 1)
}

/** Quantiles with the population they are of. */
export interface QuantileSummary {
  /** Calls that have a value. */
  known: number
  p50: number | null
  p90: number | null
}

export function summarizeValues(values: Iterable<number>): QuantileSummary {
  const sorted = Float64Array.from(values).sort()
  return { known: sorted.length, p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) }
}
