/** Round values that cover a range, with about as many steps as wanted. */
export function planTicks(low: number, high: number, steps = 3): number[] {
  if (!(high > low)) return [low, low + 1]
  const rough = (high - low) / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}
