import { checkFields, checkInteger } from '../validate-input.ts'

/** Number of requests at once, and of further requests per minute. */
export interface RateLimit {
  burst: number
  perMinute: number
}

/** @throws {MockError} if it is not a limit */
export function checkRateLimit(value: unknown): RateLimit | null {
  if (value === null) return null
  const limit = checkFields('rate limit', value, ['burst', 'perMinute'])
  checkInteger('burst', limit['burst'], 1, 1_000_000)
  checkInteger('perMinute', limit['perMinute'], 1, 60_000_000)
  return limit as unknown as RateLimit
}

/**
 * A bucket of tokens that fills with time, one token per request.
 *
 * @returns takes a token at a time that never goes back; 0, or the seconds until the next token
 */
export function createTokenBucket(
  { burst, perMinute }: RateLimit,
  startMs: number,
): (atMs: number) => number {
  // Counted in 60,000ths of a token, so that nothing is rounded.
  const token = 60_000
  let available = burst * token
  let lastMs = startMs
  return (atMs) => {
    available = Math.min(burst * token, available + (atMs - lastMs) * perMinute)
    lastMs = atMs
    if (available < token) return Math.ceil((token - available) / perMinute / 1000)
    available -= token
    return 0
  }
}
