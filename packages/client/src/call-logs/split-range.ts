import { throwInvalidParameter } from '../errors/usage-error.ts'
import { dateTimeExpected, toDateTime } from '../input/timestamp.ts'

const dayMs = 86_400_000
/** The API rejects ranges a little longer than this. */
const windowMs = 30 * dayMs
/**
 * Whether the ends of a range are included is not documented. Two windows share a second, so that
 * no call is lost either way.
 */
const overlapMs = 1000

/** A time range in milliseconds since 1970. */
export interface TimeRange {
  from: number
  to: number
}

/** One part of a range, as the API takes it. */
export interface TimeWindow {
  timestamp_from: string
  timestamp_to: string
}

function readTime(name: string, value: unknown): number {
  const text = toDateTime(value)
  return text === undefined
    ? throwInvalidParameter(name, dateTimeExpected, value)
    : Date.parse(text)
}

/**
 * A range from its two ends; the present is the default end.
 *
 * @throws {CekuraError} with code `usage` for an invalid time, or an end before the start
 */
export function readRange(start: unknown, end: unknown): TimeRange {
  const from = readTime('timestamp_from', start)
  const to = end === undefined ? Date.now() : readTime('timestamp_to', end)
  if (from > to) throwInvalidParameter('timestamp_from', 'a time before timestamp_to', start)
  return { from, to }
}

const toWindow = (from: number, to: number): TimeWindow => ({
  timestamp_from: new Date(from).toISOString(),
  timestamp_to: new Date(to).toISOString(),
})

/** A page number would apply to each window, and calls would be missing. */
export function checkNoPage(query: unknown): void {
  if (typeof query !== 'object' || query === null)
    throwInvalidParameter('query', 'an object with parameters by name', query)
  const { page } = query as { page?: unknown }
  if (page !== undefined) throwInvalidParameter('page', 'no page, because all pages are read', page)
}

/** Windows of at most 30 days that cover a range without a gap, made one at a time. */
export function* splitRange(
  { from, to }: TimeRange,
  order: 'oldest' | 'newest',
): Generator<TimeWindow, void, undefined> {
  let [start, end] = [from, to]
  while (end - start > windowMs) {
    if (order === 'oldest') {
      yield toWindow(start, start + windowMs)
      start += windowMs - overlapMs
    } else {
      yield toWindow(end - windowMs, end)
      end -= windowMs - overlapMs
    }
  }
  yield toWindow(start, end)
}
