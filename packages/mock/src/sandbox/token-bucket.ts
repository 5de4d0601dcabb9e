import { checkFields, checkWholeNumber } from './check-input.ts'

/** So many requests at once, and so many more each minute. */
export interface RateLimit {
  burst: number
  perMinute: number
}

/** @throws {MockError} when it is no limit */
export function checkRateLimit(value: unknown): RateLimit | null {
  const doing = 'Cannot limit the rate'
  if (value === null) return null
  const limit = checkFields(doing, value, ['burst', 'perMinute'])
  checkWholeNumber(doing, 'burst', limit['burst'], 1, 1_000_000)
  checkWholeNumber(doing, 'perMinute', limit['perMinute'], 1, 60_000_000)
  return limit as unknown as RateLimit
}

/**
 * A bucket of tokens that fills with time, one for each request.
 *
 * @returns takes one at an instant that never goes back: 0, or the seconds until there is one
 */
export function createTokenBucket({ burst, perMinute }: RateLimit): (atMs: number) => number {
  // In shares of a token that time gives whole ones of, so that nothing is rounded.
  const token = 60_000
  let held = burst * token
  let lastMs = 0
  return (atMs) => {
    held = Math.min(burst * token, held + (atMs - lastMs) * perMinute)
    lastMs = atMs
    if (held < token) return Math.ceil((token - held) / perMinute / 1000)
    held -= token
    return 0
  }
}
