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
const maxBuckets = 93

/** The width of a chart's buckets: the finest that leaves a reader room to see each. */
export const planBucketMs = (spanMs: number): number =>
  bucketSizes.find((size) => spanMs / size <= maxBuckets) ?? bucketSizes.at(-1)!
