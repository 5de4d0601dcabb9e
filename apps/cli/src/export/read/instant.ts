const form =
  /^(?<date>\d{4}-\d{2}-\d{2})[Tt ](?<minutes>\d{2}:\d{2})(?::(?<seconds>\d{2})(?:\.(?<fraction>\d+))?)?(?<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?$/

/**
 * A timestamp of the API in milliseconds since 1970, cut; undefined for another value.
 *
 * Without an offset it is UTC, whatever the time zone of the machine is; a leap second is the second
 * after it.
 */
export function readInstant(text: unknown): number | undefined {
  const { groups } = form.exec(typeof text === 'string' ? text.trim() : '') ?? {}
  if (!groups) return undefined
  const { date, minutes, seconds = '00', fraction = '0', zone = 'Z' } = groups
  const isLeap = seconds === '60'
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^(...)(\d{2})$/, '$1:$2')
  const second = `${isLeap ? '59' : seconds}.${fraction.slice(0, 3)}`
  const time = Date.parse(`${date}T${minutes}:${second}${offset.toUpperCase()}`)
  if (Number.isNaN(time)) return undefined
  return isLeap ? time + 1000 : time
}

/** {@link readInstant} in microseconds. */
export function readMicros(text: unknown): bigint | undefined {
  const time = readInstant(text)
  if (time === undefined) return undefined
  const [, micros = ''] = /\.\d{3}(\d{1,3})/.exec(String(text)) ?? []
  return BigInt(time) * 1000n + BigInt(micros.padEnd(3, '0'))
}

/** An instant as the API takes it. */
export const iso = (time: number): string => new Date(time).toISOString()
