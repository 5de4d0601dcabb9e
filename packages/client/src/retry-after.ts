const time = String.raw`(?<time>\d{2}:\d{2}:\d{2})`
const month = '(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'

/** The three forms of an HTTP date: the one of RFC 9110, of RFC 850 and of asctime (RFC 9110, 5.6.7). */
const httpDateForms = [
  String.raw`[A-Z][a-z]{2}, (?<day>\d{2}) ${month} (?<year>\d{4}) ${time} GMT`,
  String.raw`[A-Z][a-z]+day, (?<day>\d{2})-${month}-(?<year>\d{2}) ${time} GMT`,
  String.raw`[A-Z][a-z]{2} ${month} (?<day>[ \d]\d) ${time} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`))

/** A two-digit year is the latest one that is at most 50 years ahead (RFC 9110). */
function expandYear(year: number, now: number): number {
  if (year > 99) return year
  const latest = new Date(now).getUTCFullYear() + 50
  return latest - ((latest - year) % 100)
}

/** An HTTP date in milliseconds, NaN for any other text. */
function parseHttpDate(text: string | null, now: number): number {
  for (const form of httpDateForms) {
    const parts = form.exec(text ?? '')?.groups
    if (parts)
      return Date.parse(
        `${parts['day']} ${parts['month']} ${expandYear(Number(parts['year']), now)} ${parts['time']} GMT`,
      )
  }
  return Number.NaN
}

/**
 * `Retry-After` in milliseconds: whole seconds, or an HTTP date relative to the `Date` of the
 * response, because the two clocks can differ. Undefined if absent or in another form.
 */
export function retryAfterMs(
  headers: { get(name: string): string | null },
  now: number,
): number | undefined {
  const value = headers.get('retry-after')
  if (value !== null && /^\d+$/.test(value)) return Number(value) * 1000
  const date = parseHttpDate(headers.get('date'), now) || now
  const delayMs = parseHttpDate(value, date) - date
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs)
}
