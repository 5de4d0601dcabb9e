import { CekuraError, type CekuraErrorDetails, type CekuraErrorReason } from './cekura-error.ts'

/** Throws the error for what must not be sent. */
export function throwUsageError<Reason extends CekuraErrorReason>(
  message: string,
  reason: Reason,
  details: CekuraErrorDetails[Reason],
): never {
  throw new CekuraError(message, { code: 'usage', reason, details })
}

/** Throws for an option that cannot be used. The value is not repeated, as it can be a secret. */
export const throwInvalidOption = (option: string, expected: string): never =>
  throwUsageError(`Invalid ${option}: expected ${expected}.`, 'invalid_option', {
    option,
    expected,
  })

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
export const throwInvalidParameter = (parameter: string, expected: string, value: unknown): never =>
  throwUsageError(
    `Invalid ${parameter}: expected ${expected}, got ${show(value)}.`,
    'invalid_parameter',
    { parameter, expected },
  )

const normalize = (name: string): string => name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase()

/** The known name that differs only in case, hyphens or underscores. */
export const suggestName = (name: string, known: readonly string[]): string | undefined =>
  known.find((other) => normalize(other) === normalize(name))

/** Throws for names of options that do not exist. */
export function checkOptionNames(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const suggestion = suggestName(unknown, known)
  throwUsageError(
    `Unknown option "${unknown}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
    'unknown_option',
    { option: unknown, suggestion },
  )
}
