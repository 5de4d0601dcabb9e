import { MockError } from './mock-error.ts'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws {MockError} if it is not an integer in that range */
export function checkInteger(name: string, value: unknown, min: number, max: number): void {
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max)
    throw new MockError(
      `Invalid ${name} ${JSON.stringify(value)}: expected an integer from ${min} to ${max}.`,
    )
}

/** @throws {MockError} if it is not an object, or has other fields */
export function checkFields(
  name: string,
  value: unknown,
  names: readonly string[],
): Record<string, unknown> {
  if (!isRecord(value))
    throw new MockError(`Invalid ${name}: expected an object with any of ${names.join(', ')}.`)
  const unknown = Object.keys(value).find((field) => !names.includes(field))
  if (unknown !== undefined)
    throw new MockError(
      `Invalid ${name}: unknown field ${JSON.stringify(unknown)}, expected any of ${names.join(', ')}.`,
    )
  return value
}

const dateTime = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})$/

/** Milliseconds since 1970 of an RFC 3339 date-time with a zone, undefined for anything else. */
export function parseDateTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || !dateTime.test(value)) return undefined
  const [year, month, day] = value.slice(0, 10).split('-').map(Number)
  // `Date.parse()` reads 30 February as 2 March.
  if (new Date(Date.UTC(year!, month! - 1, day)).getUTCDate() !== day) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}

/** Milliseconds since 1970. @throws {MockError} if it is not a date-time with a zone */
export function checkDateTime(name: string, value: unknown): number {
  const time = parseDateTime(value)
  if (time === undefined)
    throw new MockError(
      `Invalid ${name} ${JSON.stringify(value)}: expected a date-time such as 2025-01-15T12:00:00Z.`,
    )
  return time
}

/** A date-time as the API writes it: without milliseconds when they are zero. */
export const formatDateTime = (timeMs: number): string =>
  new Date(timeMs).toISOString().replace('.000Z', 'Z')
