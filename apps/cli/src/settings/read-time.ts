import { UsageError } from '../command-error.ts'

// cspell:ignore smhdw

const dayMs = 86_400_000
const units = { s: 1000, m: 60_000, h: 3_600_000, d: dayMs, w: 7 * dayMs }

const startOfDay = (time: number): number => Math.floor(time / dayMs) * dayMs

function readInstant(text: string): number {
  const isInstant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/i.test(
    text,
  )
  if (!isInstant) return Number.NaN
  const time = Date.parse(text)
  // Date.parse takes 2026-02-31 for the third of March.
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number]
  const isRealDay = day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  return isRealDay ? time : Number.NaN
}

/**
 * An instant in milliseconds since 1970: `7d`, `24h` or `30m` ago, `now`, `now-30m`, `today`,
 * `yesterday`, a date (its start in UTC), or an RFC 3339 instant.
 *
 * @throws {UsageError} when the text is none of them
 */
export function readTime(flag: string, text: string, now: number): number {
  const [, amount, unit] = /^(?:now-)?(\d{1,6})([smhdw])$/.exec(text) ?? []
  const ago = now - Number(amount) * units[unit as keyof typeof units]
  const isAgo = amount !== undefined
  if (text === 'now') return now
  if (text === 'today') return startOfDay(now)
  if (text === 'yesterday') return startOfDay(now) - dayMs
  const time = isAgo ? ago : readInstant(text)
  if (time < 0)
    throw new UsageError(
      `Cannot read --${flag} "${text.slice(0, 80)}": it is before 1970, when nobody called`,
      [`--${flag}`, '2020-01-01'],
    )
  if (Number.isNaN(time))
    throw new UsageError(
      `Cannot read --${flag} "${text.slice(0, 80)}": it is neither 7d, 24h, now-30m, today, a date like 2026-11-01, nor an instant like 2026-11-01T09:00:00Z (all UTC)`,
      [`--${flag}`, new Date(now - 7 * dayMs).toISOString().slice(0, 10)],
    )
  return time
}

/** An instant as it is typed: a day alone when it begins one. */
export const typeTime = (time: number): string =>
  new Date(time).toISOString().replace(/T00:00:00\.000Z$/, '')

/** An instant as people write it, in UTC, to the second. */
export const formatTime = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}Z`
