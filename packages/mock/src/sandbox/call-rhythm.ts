const hourMs = 3_600_000
const weekMs = 168 * hourMs
/** A Monday, 00:00 UTC. */
const monday = Date.parse('2024-01-01T00:00:00Z')

/** Calls by hour of a working day: quiet nights, a peak before noon, a second one after lunch. */
const day = [1, 1, 1, 1, 1, 2, 5, 12, 26, 38, 42, 36, 26, 32, 37, 34, 28, 20, 12, 8, 6, 4, 2, 1]
const week = [1, 1.05, 1, 0.98, 0.9, 0.35, 0.2].flatMap((share) =>
  day.map((calls) => calls * share),
)
const before = [0]
for (const calls of week) before.push(before.at(-1)! + calls)
const wholeWeek = before.at(-1)!

/** How many calls there have been since a fixed Monday, in units of the rhythm. */
export function callsUntil(time: number): number {
  const weeks = Math.floor((time - monday) / weekMs)
  const hours = (time - monday - weeks * weekMs) / hourMs
  const hour = Math.floor(hours)
  return weeks * wholeWeek + before[hour]! + week[hour]! * (hours - hour)
}

/** The inverse of {@link callsUntil}: when that many calls have been made, in milliseconds. */
export function timeOfCall(calls: number): number {
  const weeks = Math.floor(calls / wholeWeek)
  const rest = calls - weeks * wholeWeek
  let hour = 0
  while (hour < 167 && before[hour + 1]! <= rest) hour++
  return monday + weeks * weekMs + (hour + (rest - before[hour]!) / week[hour]!) * hourMs
}
