import { fromWallTime, toWallTime } from './zone.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
const weekMs = 7 * dayMs
/** A month on average; its buckets have the length of the calendar's months. */
const monthMs = 30.4375 * dayMs

/** Milliseconds since 1970, `from` included and `to` excluded. */
export interface TimeRange {
  from: number
  to: number
}

export interface TimeBucket extends TimeRange {
  /** Cut off by the start or the end of the range. */
  isPartial: boolean
}

export interface BucketPlan {
  /** `day`, `12 hours`. */
  unit: string
  /** Adjacent, in order; together they are the range. */
  buckets: TimeBucket[]
}

const sizes: readonly (readonly [unit: string, sizeMs: number])[] = [
  ['minute', minuteMs],
  ['5 minutes', 5 * minuteMs],
  ['15 minutes', 15 * minuteMs],
  ['hour', hourMs],
  ['3 hours', 3 * hourMs],
  ['6 hours', 6 * hourMs],
  ['12 hours', 12 * hourMs],
  ['day', dayMs],
  ['week', weekMs],
  ['month', monthMs],
  ['quarter', 3 * monthMs],
  ['year', 12 * monthMs],
]

const midnight = (wall: number): number => Math.floor(wall / dayMs) * dayMs

/** Where a bucket of whole days, weeks or months starts that contains a time on the clock. */
function startOf(wall: number, sizeMs: number): number {
  const day = midnight(wall)
  if (sizeMs < weekMs) return day
  // Weeks start on Monday; 1970 started on a Thursday.
  if (sizeMs === weekMs) return Math.floor((day + 3 * dayMs) / weekMs) * weekMs - 3 * dayMs
  const date = new Date(wall)
  const months = sizeMs / monthMs
  const month = Math.floor(date.getUTCMonth() / months) * months
  return Date.UTC(date.getUTCFullYear(), month)
}

function nextStart(wall: number, sizeMs: number): number {
  if (sizeMs < monthMs) return wall + Math.max(dayMs, sizeMs)
  const date = new Date(wall)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + sizeMs / monthMs)
}

/** The edges within one day of a zone, its start included and its end excluded. */
function edgesOfDay(wall: number, sizeMs: number, zone: string): number[] {
  const from = fromWallTime(wall, zone)
  const to = fromWallTime(wall + dayMs, zone)
  // Hours and less have their length also when the clocks change; longer ones follow the clock.
  const edges = Array.from(
    { length: Math.ceil((sizeMs > hourMs ? dayMs : to - from) / sizeMs) },
    (_, index) =>
      sizeMs > hourMs ? fromWallTime(wall + index * sizeMs, zone) : from + index * sizeMs,
  )
  return edges.filter((edge, index) => edge < to && edge !== edges[index - 1])
}

/**
 * A range as buckets of a round size: the finest size with at most `maxBuckets`. Days, weeks (from
 * Monday) and months start at midnight in the zone, also when its clocks change; a day can have 23
 * or 25 hours. The first and the last bucket end where the range does.
 *
 * @param zone IANA time zone, default UTC
 * @param maxBuckets default 60; the partial buckets at the ends can add one
 * @throws {RangeError} when the zone is unknown
 */
export function planBuckets(
  { from, to }: TimeRange,
  { zone = 'UTC', maxBuckets = 60 }: { zone?: string; maxBuckets?: number } = {},
): BucketPlan {
  const [unit, sizeMs] = sizes.find(([, size]) => (to - from) / size <= maxBuckets) ?? sizes.at(-1)!
  const edges: number[] = []
  for (
    let wall = startOf(toWallTime(from, zone), sizeMs);
    (edges.at(-1) ?? from) < to;
    wall = nextStart(wall, sizeMs)
  )
    edges.push(...(sizeMs < dayMs ? edgesOfDay(wall, sizeMs, zone) : [fromWallTime(wall, zone)]))
  const buckets = edges.slice(0, -1).flatMap((edge, index): TimeBucket[] => {
    const end = edges[index + 1]!
    if (end <= from || edge >= to) return []
    return [
      { from: Math.max(from, edge), to: Math.min(to, end), isPartial: edge < from || end > to },
    ]
  })
  return { unit, buckets }
}

/** The position of the bucket that contains a time; -1 when none does. */
export function findBucket(buckets: readonly TimeRange[], time: number): number {
  let [low, high] = [0, buckets.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const bucket = buckets[middle]!
    if (time < bucket.from) high = middle - 1
    else if (time >= bucket.to) low = middle + 1
    else return middle
  }
  return -1
}
