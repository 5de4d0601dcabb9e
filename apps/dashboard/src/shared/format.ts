const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

const scores = Array.from(
  { length: 4 },
  (_, digits) =>
    new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
)

/** A score with as many decimals as its metric has. */
export const formatScore = (value: number, decimals: number): string =>
  scores[Math.min(3, decimals)]!.format(value)

/** A score on an axis, where there is no room for `1,500,000.00`. */
export function formatTick(value: number, decimals: number): string {
  const size = Math.abs(value)
  if (size < 10_000) return formatScore(value, decimals)
  return size < 1e15 ? compact.format(value) : value.toExponential(1)
}

/** Seconds of `90`, `1:30` or `1:00:00`; undefined for anything else. */
export function readSeconds(text: string): number | undefined {
  const parts = text.trim().split(':')
  if (parts.length > 3 || !parts.every((part) => /^\d{1,5}$/.test(part))) return undefined
  return parts.reduce((total, part) => total * 60 + Number(part), 0)
}

/** `73.5%`, `70%`, on an axis. */
export const formatPercentTick = (rate: number): string => `${Math.round(rate * 1000) / 10}%`

type Timestamp = string | number | Date

/** A way to write a time in a zone; a dash for one that is not valid. */
function timeFormat(options: Intl.DateTimeFormatOptions) {
  const formats = new Map<string, Intl.DateTimeFormat>()
  return (at: Timestamp, timeZone: string): string => {
    const time = new Date(at)
    if (Number.isNaN(time.getTime())) return '–'
    let format = formats.get(timeZone)
    if (!format) {
      format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone, hourCycle: 'h23' })
      formats.set(timeZone, format)
    }
    return format.format(time)
  }
}

const day = { day: 'numeric', month: 'short' } as const
const minute = { hour: '2-digit', minute: '2-digit' } as const
const second = { ...minute, second: '2-digit' } as const

export const formatDay = timeFormat(day)
export const formatClock = timeFormat(minute)
const formatWeekday = timeFormat({ weekday: 'short', ...day })
/** `24 Nov, 09:12`. */
export const formatTime = timeFormat({ ...day, ...minute })
/** `24 Nov, 09:12:05`. */
export const formatSecond = timeFormat({ ...day, ...second })
/** `24 Nov 2025, 09:12:05`. */
export const formatWithYear = timeFormat({ ...day, year: 'numeric', ...second })
const formatYear = timeFormat({ year: 'numeric' })

// Creating one takes longer than formatting a row.
const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/** A time in UTC and on the user's clock, for a tooltip. */
export function describeTime(at: Timestamp): string {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? '' : `${time.toISOString()}\n${local.format(time)}`
}

/** `24 Nov, 09:00 – 11:00`, the day named once when both ends share it. */
export function formatSpan(from: Timestamp, to: Timestamp, zone: string): string {
  const isMidnight = (at: Timestamp): boolean => formatClock(at, zone) === '00:00'
  const start = formatDay(from, zone)
  if (isMidnight(from) && isMidnight(to)) {
    const last = formatDay(new Date(to).getTime() - 1, zone)
    return start === last ? formatWeekday(from, zone) : `${start} – ${last}`
  }
  const end = formatDay(to, zone)
  return start === end
    ? `${start}, ${formatClock(from, zone)} – ${formatClock(to, zone)}`
    : `${formatTime(from, zone)} – ${formatTime(to, zone)}`
}

/** A chosen range, with its year if that is not the current one. */
export function formatRange(from: Timestamp, to: Timestamp, zone: string, now: Timestamp): string {
  const last = new Date(to).getTime() - 1
  const years = [...new Set([formatYear(from, zone), formatYear(last, zone)])]
  const span = formatSpan(from, to, zone)
  return years.join() === formatYear(now, zone) ? span : `${span} (${years.join('–')})`
}
