/** The three forms of an HTTP date (RFC 9110, 5.6.7). The last of them ends with the year. */
const httpDateForm = /^[A-Z][a-z]+,? .+ \d{2}:\d{2}:\d{2} (GMT|\d{4})$/

/** An HTTP date in milliseconds, NaN for any other text. Its zone is always GMT. */
const parseHttpDate = (text: string): number =>
  httpDateForm.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN

/**
 * `Retry-After` in milliseconds: whole seconds, or an HTTP date relative to the `Date` of the
 * response, because the two clocks can differ. Undefined if absent or in another form.
 */
export function retryAfterMs(
  headers: { get(name: string): string | null },
  now: number,
): number | undefined {
  const value = headers.get('retry-after') ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const delayMs = parseHttpDate(value) - (parseHttpDate(headers.get('date') ?? '') || now)
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs)
}
