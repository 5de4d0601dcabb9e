/** What a time has to be, for messages. */
export const dateTimeExpected = 'a valid Date or an RFC 3339 date-time with an offset'

const hourAndMinute = String.raw`([01]\d|2[0-3]):[0-5]\d`
const dateTimeForm = new RegExp(
  String.raw`^(\d{4}-\d\d-\d\d)T${hourAndMinute}:[0-5]\d(\.\d+)?(Z|[+-]${hourAndMinute})$`,
  'i',
)

/** A `Date` or an RFC 3339 date-time as the API takes it, undefined for anything else. */
export function toDateTime(value: unknown): string | undefined {
  const text: unknown = value instanceof Date ? value.toJSON() : value
  const [, day] = (typeof text === 'string' && dateTimeForm.exec(text)) || []
  // The parser turns 30 February into 2 March, and has null for month 13.
  const isReal = day !== undefined && new Date(day).toJSON()?.startsWith(day)
  return isReal ? (text as string) : undefined
}
