/** A number as people read it: `1,234.5`. */
export const formatNumber = (value: number): string => value.toLocaleString('en-US')

/** A count with its noun: `1 call`, `1,234 calls`. */
export const plural = (count: number, noun: string): string =>
  `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`

/** A share from 0 to 1: `74.6%`; a dash for null. */
export const formatPercent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(1)}%`

/** A part of a whole: `74.6%`; a dash when the whole is 0. */
export const formatShare = (part: number, whole: number): string =>
  formatPercent(whole === 0 ? null : part / whole)

/** A difference with its sign; zero once rounded has none. A dash for null. */
export function withSign(value: number | null, format: (value: number) => string): string {
  if (value === null) return '–'
  const text = format(Math.abs(value))
  const isZero = !/[1-9]/.test(text)
  return isZero ? text : `${value < 0 ? '−' : '+'}${text}`
}

/** A difference of shares in percentage points: `+1.2 pp`; a dash for null. */
export const formatPoints = (difference: number | null): string =>
  withSign(difference, (value) => `${(value * 100).toFixed(1)} pp`)

const pad = (value: number): string => String(value).padStart(2, '0')

/** Seconds as `m:ss`, or `h:mm:ss`; a dash for null. */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '–'
  const whole = Math.max(0, Math.round(seconds))
  const minutes = Math.floor(whole / 60)
  return minutes < 60
    ? `${minutes}:${pad(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`
}
