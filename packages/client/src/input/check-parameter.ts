import type { ParameterDescriptor, ParameterType } from '@cekura-kit/types'
import { throwInvalidParameter } from '../errors/usage-error.ts'
import type { Rule } from '../settings/check-options.ts'
import { dateTimeExpected, toDateTime } from './timestamp.ts'

/** A value that can be serialized. */
export type WireValue =
  | string
  | number
  | boolean
  | readonly (string | number | boolean)[]
  | Readonly<Record<string, string | number | boolean>>

const integerList = /^\s*-?\d+(\s*,\s*-?\d+)*\s*$/

/** Not blank, and without half of a surrogate pair, which cannot be encoded in a URL. */
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && !/\p{Surrogate}/u.test(value)

const isScalar = (value: unknown): value is string | number | boolean =>
  isText(value) || Number.isFinite(value) || typeof value === 'boolean'

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)

const typeRules: { readonly [Type in ParameterType]: Rule } = {
  string: { expected: 'a non-empty string', isValid: isText },
  integer: { expected: 'an integer', isValid: Number.isSafeInteger },
  number: { expected: 'a finite number', isValid: Number.isFinite },
  boolean: { expected: 'a boolean', isValid: (value) => typeof value === 'boolean' },
  array: {
    expected: 'a non-empty array',
    isValid: (value) => Array.isArray(value) && value.length > 0 && value.every(isScalar),
  },
  object: {
    expected: 'a non-empty object',
    isValid: (value) =>
      isPlainObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isScalar),
  },
}

/** For a parameter that the document allows several types for. */
const anyTypeRule: Rule = {
  expected: 'a string, number or boolean, or a non-empty array or object of them',
  isValid: (value) => Object.values(typeRules).some(({ isValid }) => isValid(value)),
}

/** A comma-separated list, from a string or from an array of its items. */
function toCommaSeparated(name: string, value: unknown, item: 'integer' | 'string'): string {
  const text = Array.isArray(value) ? value.join(',') : value
  const isItem = (value: unknown): boolean =>
    typeRules[item].isValid(value) && !String(value).includes(',')
  const isList = Array.isArray(value) ? value.every(isItem) : typeof value === 'string'
  const isValid = isList && (item === 'integer' ? integerList.test(String(text)) : isText(text))
  return isValid
    ? String(text)
    : throwInvalidParameter(name, `${item} values, as an array or joined by commas`, value)
}

/**
 * Checks the value of one parameter, so that a mistake is never sent as "no filter".
 *
 * @returns the value to serialize
 * @throws {CekuraError} with code `usage`
 */
export function checkParameter(
  name: string,
  value: unknown,
  descriptor: ParameterDescriptor,
): WireValue {
  const { type, format, commaSeparated, items } = descriptor
  if (commaSeparated) return toCommaSeparated(name, value, commaSeparated)
  if (format === 'date-time')
    return toDateTime(value) ?? throwInvalidParameter(name, dateTimeExpected, value)
  const { expected, isValid } = type ? typeRules[type] : anyTypeRule
  if (!isValid(value)) throwInvalidParameter(name, expected, value)
  if (type === 'array' && items && !(value as unknown[]).every(typeRules[items].isValid))
    return throwInvalidParameter(name, `an array, each item ${typeRules[items].expected}`, value)
  const { minimum = -Infinity, maximum = Infinity } = descriptor
  if (Number(value) < minimum) throwInvalidParameter(name, `at least ${minimum}`, value)
  if (Number(value) > maximum) throwInvalidParameter(name, `at most ${maximum}`, value)
  return value as WireValue
}
