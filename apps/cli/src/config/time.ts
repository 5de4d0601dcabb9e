import { dayMs, fromWallTime, toWallTime } from '@cekura-kit/call-format'
import { suggestHelp, UsageError } from '../errors/command-error.ts'
import { duration } from '../options/read-values.ts'

// cspell:ignore smhdw

const startOfDay = (time: number, zone: string): number =>
  fromWallTime(Math.floor(toWallTime(time, zone) / dayMs) * dayMs, zone)

/** A time as typed: a date if it starts a UTC day. */
export const typeTime = (time: number): string =>
  new Date(time).toISOString().replace(/T00:00:00\.000Z$/, '')

/** An ISO 8601 date or time; undefined if it is neither. */
function readIsoTime(text: string, zone: string): number | 'not in the calendar' | undefined {
  const form = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/i
  const [, date, time] = form.exec(text) ?? []
  if (date === undefined) return undefined
  const day = Date.parse(date)
  // Date.parse reads 2026-02-31 as March 3.
  if (Number.isNaN(day) || typeTime(day) !== date) return 'not in the calendar'
  if (time === undefined) return fromWallTime(day, zone)
  const parsed = Date.parse(text)
  return Number.isNaN(parsed) ? 'not in the calendar' : parsed
}

/**
 * A time in Unix milliseconds: `7d`, `24h` or `30m` ago, `now`, `now-30m`, `today`, `yesterday`, a
 * date (its start in the time zone), or an ISO 8601 time with an offset.
 *
 * @throws {UsageError}
 */
export function readTime(flag: string, text: string, now: number, zone = 'UTC'): number {
  if (text === 'now') return now
  if (text === 'today') return startOfDay(now, zone)
  if (text === 'yesterday') return startOfDay(startOfDay(now, zone) - 1, zone)
  const [, ago] = /^(?:now-)?([1-9]\d{0,5}[smhdw])$/.exec(text) ?? []
  const time = ago === undefined ? readIsoTime(text, zone) : now - duration(ago)
  const shown = `Invalid --${flag} "${text.slice(0, 80)}"`
  if (time === 'not in the calendar')
    throw new UsageError(`${shown}: the date is not in the calendar.`, suggestHelp)
  if (time === undefined)
    throw new UsageError(
      `${shown}. Examples: 7d, today, 2026-11-01, 2026-11-01T09:00:00Z.`,
      suggestHelp,
    )
  if (time < 0) throw new UsageError(`${shown}: expected a time after 1970.`, suggestHelp)
  return time
}

/** A time in a zone, to the minute: `2026-11-30 16:49`. */
export const formatLocalTime = (time: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(time)

/** A time for people: `2026-11-30 16:49 UTC`. */
export const formatTime = (time: number, zone = 'UTC'): string =>
  `${formatLocalTime(time, zone)} ${zone}`
