const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

/** Whether the runtime knows an IANA time zone such as `America/New_York`. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/**
 * What the clocks of a zone show, as milliseconds since 1970 on that clock.
 *
 * @throws {RangeError} when the zone is unknown
 */
export function toWallTime(time: number, zone: string): number {
  if (zone === 'UTC') return time
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(time)) part[type] = Number(value)
  const { year, month, day, hour, minute, second } = part as Record<string, number>
  const seconds = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!)
  return seconds + (((time % 1000) + 1000) % 1000)
}

const dayMs = 86_400_000

/**
 * When the clocks of a zone first show a time. A time that a change of the clocks skips is the
 * moment of the change.
 */
export function fromWallTime(wall: number, zone: string): number {
  if (zone === 'UTC') return wall
  const offsetAt = (time: number): number => toWallTime(time, zone) - time
  const times = [wall - offsetAt(wall - dayMs), wall - offsetAt(wall + dayMs)]
  const valid = times.filter((time) => toWallTime(time, zone) === wall)
  if (valid.length > 0) return Math.min(...valid)
  let [before, after] = [Math.min(...times) - 1, Math.max(...times)]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (toWallTime(middle, zone) < wall) before = middle
    else after = middle
  }
  return after
}
