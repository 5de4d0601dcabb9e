import { usageError } from './cekura-error.ts'

const dayMs = 86_400_000
/** The service is known to refuse ranges a little longer. */
const windowMs = 30 * dayMs
// Whether the ends of a range are included is not documented. With a second in common no call is
// lost either way, and one that comes twice is dropped.
const overlapMs = 1000

export interface Window {
  timestamp_from: string
  timestamp_to: string
}

/**
 * Windows of at most 30 days that cover a range without a hole, oldest first.
 *
 * @throws {CekuraError} with code `usage` when the range ends before it starts
 */
export function planWindows(from: Date, to: Date): Window[] {
  if (to < from)
    throw usageError(
      `Cannot list the range: it ends at ${to.toISOString()}, before it starts at ${from.toISOString()}; swap them`,
    )
  const windows: Window[] = []
  for (let start = from.getTime(); ;) {
    const end = Math.min(start + windowMs, to.getTime())
    windows.push({
      timestamp_from: new Date(start).toISOString(),
      timestamp_to: new Date(end).toISOString(),
    })
    if (end >= to.getTime()) return windows
    start = end - overlapMs
  }
}
