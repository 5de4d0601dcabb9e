import { dayMs } from '@cekura-kit/call-format'

/** The longest range of one request: the API rejects ranges over 31 days. */
const maxSpanMs = 30 * dayMs
/** The shortest window: the API's timestamps may not be finer. */
export const minSpanMs = 1000

/** A time range in Unix milliseconds; `end` is exclusive. */
export interface Span {
  start: number
  end: number
}

/** Spans no longer than one request may cover. */
export function* splitSpans(spans: readonly Span[]): Generator<Span> {
  for (const { start, end } of spans)
    for (let from = start; from < end; from += maxSpanMs)
      yield { start: from, end: Math.min(end, from + maxSpanMs) }
}

/** What of a span is not covered by others, which are in order and do not overlap. */
export function subtract({ start, end }: Span, covered: readonly Span[]): Span[] {
  const gaps: Span[] = []
  let from = start
  for (const each of covered) {
    if (each.start >= end) break
    if (each.start > from) gaps.push({ start: from, end: each.start })
    from = Math.max(from, each.end)
  }
  if (from < end) gaps.push({ start: from, end })
  return gaps
}
