import { UsageError } from './command-error.ts'

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * An instant in milliseconds since 1970: `7d`, `24h` or `30m` ago, a date (its start in UTC), or an
 * RFC 3339 instant.
 *
 * @throws {UsageError} when the text is none of them
 */
export function readTime(flag: string, text: string, now: number): number {
  const [, amount, unit] = /^(\d+)([mhd])$/.exec(text) ?? []
  if (amount !== undefined) return now - Number(amount) * units[unit as keyof typeof units]
  const isInstant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(
    text,
  )
  const time = isInstant ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new UsageError(
      `Cannot read --${flag} "${text}"; give 7d, 24h, a date like 2026-11-01, or an instant like 2026-11-01T09:00:00Z`,
    )
  return time
}
