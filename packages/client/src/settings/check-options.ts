import { createUsageError, suggestName, throwInvalidOption } from '../errors/usage-error.ts'
import { isObject } from '../is-object.ts'
import type { CallOptions, ClientOptions } from './client-options.ts'

/** What a value must be, in words and as a check. */
export interface Rule {
  expected: string
  isValid(value: unknown): boolean
}

/** One rule for each option. */
export type OptionRules<Options> = { readonly [Name in keyof Required<Options>]: Rule }

export function integerRule(min: number, max = Number.MAX_SAFE_INTEGER): Rule {
  return {
    expected:
      max === Number.MAX_SAFE_INTEGER ? `an integer ≥ ${min}` : `an integer from ${min} to ${max}`,
    isValid: (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
  }
}

const objectRule: Rule = { expected: 'an object', isValid: isObject }
const functionRule: Rule = {
  expected: 'a function',
  isValid: (value) => typeof value === 'function',
}
const booleanRule: Rule = { expected: 'a boolean', isValid: (value) => typeof value === 'boolean' }

/** Timers wrap around above this and fire at once. */
const maxTimerMs = 2 ** 31 - 1

const isMiddleware = (value: unknown): boolean =>
  isObject(value) && ['onRequest', 'onResponse', 'onError'].some((name) => name in value)

const sharedRules = {
  timeout: integerRule(1, maxTimerMs),
  totalTimeout: integerRule(1, maxTimerMs),
  maxRetries: integerRule(0),
  headers: objectRule,
}

/** For what is checked where it is read, because it can come from the environment too. */
const checkedLater: Rule = { expected: '', isValid: () => true }

export const clientRules: OptionRules<ClientOptions> = {
  ...sharedRules,
  apiKey: checkedLater,
  baseUrl: checkedLater,
  maxRetryAfter: integerRule(0, maxTimerMs),
  maxResponseBytes: integerRule(1),
  fetch: functionRule,
  hooks: objectRule,
  middleware: {
    expected: 'an array of openapi-fetch middleware',
    isValid: (value) => Array.isArray(value) && value.every(isMiddleware),
  },
  dangerouslyAllowBrowser: booleanRule,
}

export const callRules: OptionRules<CallOptions> = {
  ...sharedRules,
  signal: {
    expected: 'an AbortSignal',
    // By what it can do, because a signal can come from another realm.
    isValid: (value) =>
      typeof Object(value).addEventListener === 'function' &&
      typeof Object(value).aborted === 'boolean',
  },
  extraQuery: objectRule,
  idempotent: booleanRule,
}

/** @throws {CekuraError} with code `usage` for an unknown option or an invalid value */
export function checkOptions(options: unknown, rules: Readonly<Record<string, Rule>>): void {
  if (!isObject(options)) return throwInvalidOption('options', 'an object')
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (!rule) {
      const { suggestion, advice } = suggestName(name, Object.keys(rules))
      throw createUsageError(
        'unknown_option',
        { option: name, suggestion },
        `Unknown option "${name}".${advice}`,
      )
    }
    if (value !== undefined && !rule.isValid(value)) throwInvalidOption(name, rule.expected)
  }
}
