const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const sizes = [
  minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  dayMs,
  7 * dayMs,
]

/** The width of a chart's buckets: the finest of the usual ones that makes at most so many. */
export const planBucketMs = (spanMs: number, mostBuckets: number): number =>
  sizes.find((size) => spanMs / size <= mostBuckets) ??
  Math.ceil(spanMs / mostBuckets / dayMs) * dayMs
