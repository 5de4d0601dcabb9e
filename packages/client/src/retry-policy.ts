import type { CekuraErrorCode } from './cekura-error.ts'

/** Whether the same request could fare better a moment later. */
export const isRetryable = (method: string, code: CekuraErrorCode): boolean =>
  /^(GET|HEAD) (connection|timeout|rate_limit|server)$/.test(`${method} ${code}`)

/**
 * Wait before attempt `attempt + 1`: from half a second to 8 seconds, doubling, and half of it
 * random so that clients spread.
 */
export const backoffMs = (attempt: number, random: number): number =>
  Math.min(8000, 250 * 2 ** attempt) * (0.5 + random / 2)

/** An HTTP date in milliseconds, NaN for any other text. */
const httpDate = (text: string | null): number =>
  // The one form that a server may send is the one that is printed here.
  new Date(text!).toUTCString() === text ? Date.parse(text) : Number.NaN

/**
 * `Retry-After` in milliseconds: whole seconds, or an HTTP date against the answer's own `Date`,
 * because the two clocks need not agree. Undefined when absent or of another form.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')
  const delayMs = /^\d+$/.test(value!)
    ? Number(value) * 1000
    : httpDate(value) - (httpDate(headers.get('date')) || now)
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs)
}
