import { createError } from './create-error.ts'

/** Throws for an option that cannot be used. The value is not repeated, as it can be a secret. */
export function throwInvalidOption(option: string, expected: string): never {
  throw createError('invalid_option', { option, expected })
}

/** A value for a message. Strings are not repeated, as they can be personal data. */
function show(value: unknown): string {
  if (['number', 'boolean', 'undefined'].includes(typeof value) || value === null)
    return String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (value === '') return 'an empty string'
  if (value instanceof Date) return 'a Date'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Throws for a parameter that cannot be sent. */
export function throwInvalidParameter(parameter: string, expected: string, value: unknown): never {
  throw createError(
    'invalid_parameter',
    { parameter, expected },
    { message: `Invalid ${parameter}: expected ${expected}, got ${show(value)}.` },
  )
}

/** Names that differ only in case, hyphens or underscores are equal. */
const normalize = (name: string): string => name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase()

/** The known name that is probably meant by an unknown one. */
export const suggestName = (name: string, known: readonly string[]): string | undefined =>
  known.find((other) => normalize(other) === normalize(name))
