export interface ScoreBin {
  from: number
  /** Not in the bin, except in the last. */
  to: number
  count: number
}

/** A round step that cuts a span into some ten bins. */
function planStep(span: number): number {
  const rough = span / 10
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999)!
}

/** Steps of 0.1 add up to a little more or less than what they mean. */
const round = (value: number): number => Number(value.toPrecision(12))

/** How scores are spread, in bins of a round width; empty when there are none. */
export function binScores(sorted: readonly number[]): ScoreBin[] {
  if (sorted.length === 0) return []
  const low = sorted[0]!
  const high = sorted.at(-1)!
  if (low === high) return [{ from: low, to: high, count: sorted.length }]
  const step = planStep(high - low)
  // 0.3 / 0.1 is a little less than 3.
  const binOf = (score: number): number => Math.floor(score / step + 1e-9)
  const first = binOf(low)
  const bins = Array.from({ length: binOf(high) - first + 1 }, (_, index) => ({
    from: round((first + index) * step),
    to: round((first + index + 1) * step),
    count: 0,
  }))
  for (const score of sorted) bins[binOf(score) - first]!.count++
  return bins
}
