import { dayMs } from '../../time-units.ts'
import type { Shard } from '../write/paths.ts'
import type { Span } from './span.ts'

/** What of some spans is not covered by others; both in order and without overlap. */
export function subtract(spans: readonly Span[], covered: readonly Span[]): Span[] {
  const gaps: Span[] = []
  let next = 0
  for (const { start, end } of spans) {
    let from = start
    while (next < covered.length && covered[next]!.end <= from) next += 1
    for (let at = next; at < covered.length && covered[at]!.start < end; at++) {
      if (covered[at]!.start > from) gaps.push({ start: from, end: covered[at]!.start })
      from = Math.max(from, covered[at]!.end)
    }
    if (from < end) gaps.push({ start: from, end })
  }
  return gaps
}

/**
 * The worker of a UTC day, counted from 1. Every week is dealt out one further, so that seven workers
 * do not each get one day of the week.
 */
export function shardOfDay(day: number, of: number): number {
  const number = Math.floor(day / dayMs)
  return ((number + Math.floor(number / 7)) % of) + 1
}

/** A worker's days of a range; with no shard the range itself. */
export function shardSpans({ start, end }: Span, shard: Shard | undefined): Span[] {
  if (!shard) return start < end ? [{ start, end }] : []
  const spans: Span[] = []
  for (let day = Math.floor(start / dayMs) * dayMs; day < end; day += dayMs)
    if (shardOfDay(day, shard.of) === shard.index)
      spans.push({ start: Math.max(start, day), end: Math.min(end, day + dayMs) })
  return spans
}
