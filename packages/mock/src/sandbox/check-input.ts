import { MockError } from '../mock-error.ts'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws {MockError} when it is no whole number of that range */
export function checkWholeNumber(
  doing: string,
  name: string,
  value: unknown,
  least: number,
  most: number,
): void {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
    throw new MockError(
      `${doing}: ${name} is ${JSON.stringify(value)}; give a whole number from ${least} to ${most}`,
    )
}

/** @throws {MockError} when it has other fields, or is no object */
export function checkFields(
  doing: string,
  value: unknown,
  names: readonly string[],
): Record<string, unknown> {
  if (!isRecord(value))
    throw new MockError(`${doing}: give an object with some of ${names.join(', ')}`)
  const foreign = Object.keys(value).find((name) => !names.includes(name))
  if (foreign !== undefined)
    throw new MockError(`${doing}: there is no "${foreign}"; give some of ${names.join(', ')}`)
  return value
}

/** Milliseconds since 1970. @throws {MockError} when it is no instant */
export function checkInstant(doing: string, name: string, value: unknown): number {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time))
    throw new MockError(
      `${doing}: ${name} is ${JSON.stringify(value)}; give an instant as 2025-01-15T12:00:00Z`,
    )
  return time
}
