/** What a time has to be, for messages. */
export const dateTimeExpected = 'a valid Date or an RFC 3339 date-time with an offset'

const hourAndMinute = String.raw`([01]\d|2[0-3]):[0-5]\d`
const dateTimeForm = new RegExp(
  String.raw`^(?<date>\d{4}-\d{2}-\d{2})T${hourAndMinute}:[0-5]\d(\.\d+)?(Z|[+-]${hourAndMinute})$`,
  'i',
)

/** Whether a text is an RFC 3339 date-time with an offset, and a time that exists. */
export function isDateTime(text: string): boolean {
  const date = dateTimeForm.exec(text)?.groups?.['date']
  if (date === undefined || Number.isNaN(Date.parse(text.toUpperCase()))) return false
  // The parser turns 30 February into 2 March.
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
}

/** A `Date` or an RFC 3339 date-time as the API takes it, undefined for anything else. */
export function toDateTime(value: unknown): string | undefined {
  const isDate = value instanceof Date && !Number.isNaN(value.getTime())
  const text = isDate ? value.toISOString() : value
  return typeof text === 'string' && isDateTime(text) ? text : undefined
}
