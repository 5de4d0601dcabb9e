const form =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/

/**
 * An instant of the API in microseconds since 1970; undefined when the text is none.
 *
 * A text without an offset is UTC, whatever the machine's own zone is, and a leap second is the
 * second after it.
 */
export function readMicros(text: unknown): bigint | undefined {
  const [, date, minutes, seconds = '00', fraction = '', zone = 'Z'] =
    form.exec(typeof text === 'string' ? text.trim() : '') ?? []
  if (date === undefined) return undefined
  const isLeap = seconds === '60'
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^(...)(\d{2})$/, '$1:$2')
  const time = Date.parse(`${date}T${minutes}:${isLeap ? '59' : seconds}${offset.toUpperCase()}`)
  if (Number.isNaN(time)) return undefined
  const micros = fraction.slice(0, 6).padEnd(6, '0')
  return BigInt(time + (isLeap ? 1000 : 0)) * 1000n + BigInt(micros)
}

// The form that nearly every instant has, which `Date.parse` reads right.
const usual = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/

/** An instant of the API in milliseconds since 1970, cut; undefined when the text is none. */
export function readInstant(text: unknown): number | undefined {
  const time = typeof text === 'string' && usual.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  const micros = readMicros(text)
  if (micros === undefined) return undefined
  // Division of negative numbers cuts towards zero.
  return Number((micros - (((micros % 1000n) + 1000n) % 1000n)) / 1000n)
}

/** An instant as the API takes it. */
export const iso = (time: number): string => new Date(time).toISOString()
