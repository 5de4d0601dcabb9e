import { toInstant } from './list-query.ts'

export interface Window {
  timestamp_from: string
  timestamp_to: string
}

/** Windows of at most 30 days that cover a range without a hole, oldest first. */
export function planWindows(from: number, to: number): Window[] {
  // 30 days: the service is known to refuse ranges a little longer.
  const windowMs = 2_592_000_000
  // Whether the ends of a range are included is not documented. With a second in common no call is
  // lost either way, and one that comes twice is dropped.
  const overlapMs = 1000
  const end = Math.min(from + windowMs, to)
  const window = { timestamp_from: toInstant(from), timestamp_to: toInstant(end) }
  return [window, ...(end < to ? planWindows(end - overlapMs, to) : [])]
}
