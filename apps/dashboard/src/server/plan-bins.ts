const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const bucketSizes = [
  minuteMs,
  2 * minuteMs,
  5 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  6 * hourMs,
  dayMs,
  7 * dayMs,
]
const mostBuckets = 93

/** The width of a chart's buckets: the finest that leaves a reader room to see each. */
export const planBucketMs = (spanMs: number): number =>
  bucketSizes.find((size) => spanMs / size <= mostBuckets) ?? Math.ceil(spanMs / mostBuckets)

/** The value below which a share of a sorted list lies, between neighbours when it falls there. */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null
  const position = (sorted.length - 1) * share
  const low = sorted[Math.floor(position)]!
  return low + (sorted[Math.ceil(position)]! - low) * (position % 1)
}

/** A round step that cuts a span into some ten bins. */
export function planBinStep(span: number): number {
  const rough = span / 10
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999)!
}
