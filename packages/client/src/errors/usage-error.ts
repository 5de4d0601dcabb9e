import { CekuraError, type CekuraErrorDetails, type CekuraErrorReason } from './cekura-error.ts'

/** An error before anything is sent. Strings that were passed are in no message: they can be secret. */
export const createUsageError = <Reason extends CekuraErrorReason>(
  reason: Reason,
  details: CekuraErrorDetails[Reason],
  message: string,
): CekuraError => new CekuraError(message, { code: 'usage', reason, details })

/** Throws for an option that cannot be used. */
export function throwInvalidOption(option: string, expected: string): never {
  const message = `Invalid ${option}: expected ${expected}.`
  throw createUsageError('invalid_option', { option, expected }, message)
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
  throw createUsageError(
    'invalid_parameter',
    { parameter, expected },
    `Invalid ${parameter}: expected ${expected}, got ${show(value)}.`,
  )
}

export function throwMissingParameter(parameter: string): never {
  throw createUsageError(
    'missing_parameter',
    { parameter },
    `Missing ${parameter}: the operation requires it.`,
  )
}

/** Names that differ only in case, hyphens or underscores are equal. */
const normalize = (name: string): string => name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase()

/** The known name that is probably meant by an unknown one, and the sentence that suggests it. */
export function suggestName(
  name: string,
  known: readonly string[],
  otherwise = '',
): { suggestion: string | undefined; advice: string } {
  const suggestion = known.find((other) => normalize(other) === normalize(name))
  return { suggestion, advice: suggestion ? ` Did you mean "${suggestion}"?` : otherwise }
}
