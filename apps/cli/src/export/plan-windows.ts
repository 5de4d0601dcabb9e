import type { Span } from './ledger.ts'

const mostSpanMs = 30 * 86_400_000
/** Calls that a part of a split window should hold, so that it fits a page of 100 with room. */
const callsPerPart = 75
const mostParts = 64
/** The shortest window: the service's clock may not tell less apart. */
export const leastSpanMs = 1000

/** Windows of at most 30 days, which the service takes, that cover the range without a hole. */
export function planWindows({ start, end }: Span): Span[] {
  const windows: Span[] = []
  for (let from = start; from < end; from += mostSpanMs)
    windows.push({ start: from, end: Math.min(end, from + mostSpanMs) })
  return windows
}

/**
 * Parts of a window whose calls do not fit one page; empty when it is too short to be split.
 * `count` only says how many parts: it can be wrong, even 0, so there are always two at least.
 */
export function splitWindow({ start, end }: Span, count: number): Span[] {
  const most = Math.floor((end - start) / leastSpanMs)
  if (most < 2) return []
  const wanted = Math.max(2, Math.ceil(count / callsPerPart))
  const parts = Math.min(wanted, mostParts, most)
  const edge = (index: number): number => start + Math.floor(((end - start) * index) / parts)
  return Array.from({ length: parts }, (_, index) => ({ start: edge(index), end: edge(index + 1) }))
}
