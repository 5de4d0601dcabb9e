const counts = new Intl.NumberFormat('en')
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

export type Zone = 'UTC' | 'local'

export const formatCount = (value: number): string => counts.format(value)

/** `1.2K`, for an axis. */
export const formatShort = (value: number): string =>
  Math.abs(value) < 10_000 ? counts.format(value) : compact.format(value)

export const formatCalls = (value: number): string =>
  `${formatCount(value)} ${value === 1 ? 'call' : 'calls'}`

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

const pad = (part: number): string => String(part).padStart(2, '0')

/** `4:07`, or `1:02:33`; a dash when unknown. */
export function formatSeconds(value: number | null): string {
  if (value === null) return '–'
  const seconds = Math.round(value)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes}:${pad(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`
}

/** `90 s`, `15:00 min`; for a countdown. */
export const formatWait = (seconds: number): string =>
  seconds < 120 ? `${seconds} s` : `${formatSeconds(seconds)} ${seconds < 3600 ? 'min' : 'h'}`

/** Seconds of `90`, `1:30` or `1:00:00`; undefined for anything else. */
export function readSeconds(text: string): number | undefined {
  const parts = text.trim().split(':')
  if (parts.length > 3 || !parts.every((part) => /^\d{1,5}$/.test(part))) return undefined
  return parts.reduce((total, part) => total * 60 + Number(part), 0)
}

export const formatShare = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}%`

const formats = new Map<string, Intl.DateTimeFormat>()

function format(time: Date, zone: Zone, options: Intl.DateTimeFormatOptions): string {
  if (Number.isNaN(time.getTime())) return '–'
  const key = `${zone} ${Object.values(options).join(' ')}`
  let made = formats.get(key)
  if (!made) {
    const timeZone = zone === 'UTC' ? { timeZone: 'UTC' } : {}
    formats.set(
      key,
      (made = new Intl.DateTimeFormat('en-GB', { ...options, ...timeZone, hourCycle: 'h23' })),
    )
  }
  return made.format(time)
}

const day = { day: 'numeric', month: 'short' } as const
const clock = { hour: '2-digit', minute: '2-digit' } as const

type Instant = string | number | Date

export const formatDay = (at: Instant, zone: Zone): string => format(new Date(at), zone, day)
export const formatClock = (at: Instant, zone: Zone): string => format(new Date(at), zone, clock)
export const formatWeekday = (at: Instant, zone: Zone): string =>
  format(new Date(at), zone, { weekday: 'short', ...day })

/** `24 Nov, 09:12`. */
export const formatTime = (at: Instant, zone: Zone): string =>
  format(new Date(at), zone, { ...day, ...clock })

/** `24 Nov 2025, 09:12:05`, where no row beside it tells the year. */
export const formatInstant = (at: Instant, zone: Zone): string =>
  format(new Date(at), zone, { ...day, year: 'numeric', ...clock, second: '2-digit' })

/** `24 Nov, 09:12:05`. */
export const formatSecond = (at: Instant, zone: Zone): string =>
  format(new Date(at), zone, { ...day, ...clock, second: '2-digit' })

// Making one takes longer than all that a row shows.
const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/** The whole instant in both zones, for a tooltip. */
export function describeInstant(at: string): string {
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return at
  return `${time.toISOString()}\n${local.format(time)}`
}

/** `24 Nov, 09:00 – 11:00`, the day named once when both ends share it. */
export function formatSpan(from: Instant, to: Instant, zone: Zone): string {
  const isMidnight = (at: Instant): boolean => formatClock(at, zone) === '00:00'
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

const yearOf = (at: Instant, zone: Zone): string => format(new Date(at), zone, { year: 'numeric' })

/** A span that a reader chose; with its year when that is another than today’s. */
export function formatRange(from: Instant, to: Instant, zone: Zone, now: Instant): string {
  const last = new Date(to).getTime() - 1
  const years = [...new Set([yearOf(from, zone), yearOf(last, zone)])]
  const span = formatSpan(from, to, zone)
  return years.join() === yearOf(now, zone) ? span : `${span} (${years.join('–')})`
}

const words = new Map([
  ['success', 'Success'],
  ['failure', 'Failure'],
  ['reviewed_success', 'Success, reviewed'],
  ['reviewed_failure', 'Failure, reviewed'],
])

/** A value of a facet as a reader sees it. */
export function formatValue(facet: string, value: string): string {
  if (value === '') return '(none)'
  if (facet === 'status') return words.get(value) ?? value
  if (facet === 'reviewed') return value === 'yes' ? 'Reviewed' : 'Not reviewed'
  return value
}
