/** A count as people read it. */
export const formatNumber = (count: number): string => count.toLocaleString('en-US')

/** A count with its noun. */
export const plural = (count: number, noun: string): string =>
  `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`

/** A share from 0 to 1: `74.6%`. */
export const formatPercent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(1)}%`

/** A part of a whole: `74.6%`. */
export const formatShare = (part: number, whole: number): string =>
  formatPercent(whole === 0 ? null : part / whole)

/** A score with at most four digits. */
export const formatScore = (score: number | null): string =>
  score === null ? '–' : String(Number(score.toPrecision(4)))

/** A difference with its sign; zero once rounded has none. */
export function withSign(value: number | null, format: (value: number) => string): string {
  if (value === null) return '–'
  const text = format(Math.abs(value))
  const isZero = !/[1-9]/.test(text)
  return isZero ? text : `${value < 0 ? '−' : '+'}${text}`
}

/** A difference of shares in percentage points: `+1.2 pp`. */
export const formatPoints = (difference: number | null): string =>
  withSign(difference, (value) => `${(value * 100).toFixed(1)} pp`)

const pair = (value: number): string => String(value).padStart(2, '0')

/** Seconds as `m:ss`, or `h:mm:ss`; a dash for null. */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '–'
  const whole = Math.max(0, Math.round(seconds))
  const minutes = Math.floor(whole / 60)
  return minutes < 60
    ? `${minutes}:${pair(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(whole % 60)}`
}
