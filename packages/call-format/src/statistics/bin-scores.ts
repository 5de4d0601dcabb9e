export interface ScoreBin {
  from: number
  /** Excluded, except in the last bin. */
  to: number
  count: number
}

/** A round step that splits a range into about ten bins. */
function planStep(low: number, high: number): number {
  // The difference of the largest numbers is infinite.
  const rough = high / 10 - low / 10
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999)!
}

/** The unit that all scores are multiples of; narrower bins would be mostly empty. */
function findUnit(scores: ArrayLike<number>): number {
  const isMultiple = (unit: number): boolean => {
    for (let at = 0; at < scores.length; at += 1) if (scores[at]! % unit !== 0) return false
    return true
  }
  return [1, 0.5].find(isMultiple) ?? 0
}

/** Sums of 0.1 are slightly off. */
const round = (value: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(value.toPrecision(12))))

/** The distribution of scores in bins of a round width; empty without scores. */
export function binScores(sorted: ArrayLike<number>): ScoreBin[] {
  if (sorted.length === 0) return []
  const low = sorted[0]!
  const high = sorted[sorted.length - 1]!
  const rough = planStep(low, high)
  // All equal, or too close for a step between them.
  if (!(rough > 0)) return [{ from: low, to: high, count: sorted.length }]
  const step = Math.max(rough, findUnit(sorted))
  // 0.3 / 0.1 is slightly less than 3.
  const binOf = (score: number): number => Math.floor(score / step + 1e-9)
  const first = binOf(low)
  const bins = Array.from({ length: binOf(high) - first + 1 }, (_, index) => ({
    from: round((first + index) * step),
    to: round((first + index + 1) * step),
    count: 0,
  }))
  for (let at = 0; at < sorted.length; at += 1) bins[binOf(sorted[at]!) - first]!.count++
  return bins
}
