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
  return delayMs >= 0 ? delayMs : delayMs < 0 ? 0 : undefined
}
