/** Round values from 0 to at least the given one, some five of them. */
export function planTicks(most: number, wanted = 5): number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!,
  )
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step)
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const steps = [
  5 * minuteMs,
  10 * minuteMs,
  15 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  dayMs,
  2 * dayMs,
  3 * dayMs,
  5 * dayMs,
  7 * dayMs,
  10 * dayMs,
  14 * dayMs,
]

/**
 * Round instants of a range, at most as many as given.
 *
 * @param offset minutes that the reader's clock is ahead of UTC
 */
export function planTimeTicks(from: number, to: number, most: number, offset: number): number[] {
  const step = steps.find((size) => (to - from) / size <= most) ?? 30 * dayMs
  const shift = offset * minuteMs
  const ticks: number[] = []
  for (let at = Math.ceil((from + shift) / step) * step - shift; at <= to; at += step)
    ticks.push(at)
  return ticks
}
