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
