const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

/** The wall clock of a zone, as if it were UTC. */
function wallClock(time: number, zone: string): number {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type as string, Number(value)]),
  )
  const of = (name: string): number => parts.get(name)!
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/** The start of a date in a zone. Where midnight does not exist, the first second after it. */
export function startOfDate(
  [year, month, day]: readonly [number, number, number],
  zone: string,
): number {
  const midnight = Date.UTC(year, month - 1, day)
  if (zone === 'UTC') return midnight
  const offsetAt = (time: number): number => wallClock(time, zone) - Math.floor(time / 1000) * 1000
  const guess = midnight - offsetAt(midnight)
  const start = midnight - offsetAt(guess)
  // In a gap, the two offsets disagree, and the later time is the first that exists.
  return wallClock(start, zone) >= midnight ? start : guess
}

/** The start of the day of a time in a zone. */
export function startOfDay(time: number, zone: string): number {
  const date = new Date(wallClock(time, zone))
  return startOfDate([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()], zone)
}
