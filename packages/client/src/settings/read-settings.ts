import { defaultBaseUrl } from '@cekura-kit/types'
import { checkOptionNames, throwInvalidOption, throwUsageError } from '../errors/usage-error.ts'
import { checkApiKey } from './check-api-key.ts'
import type {
  CallLimits,
  CallOptions,
  ClientOptions,
  ListOptions,
  Settings,
} from './client-options.ts'
import { mergeHeaderOptions } from './headers.ts'

/** Timers wrap around above this and fire at once. */
const maxTimerMs = 2 ** 31 - 1

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An integer option. @throws {CekuraError} with code `usage` */
export function checkInteger(
  value: unknown,
  name: string,
  min = 1,
  max = Number.MAX_SAFE_INTEGER,
): number {
  const isValid =
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
  if (isValid) return value as number
  const range = max === Number.MAX_SAFE_INTEGER ? `≥ ${min}` : `from ${min} to ${max}`
  return throwInvalidOption(name, `an integer ${range}`)
}

export type Check = (value: unknown, name: string) => unknown

const checkMs: Check = (value, name) => checkInteger(value, name, 1, maxTimerMs)
const checkCount: Check = (value, name) => checkInteger(value, name, 0)

const checker =
  (expected: string, isValid: (value: unknown) => boolean): Check =>
  (value, name) =>
    isValid(value) || throwInvalidOption(name, expected)

const checkType = (type: 'function' | 'boolean' | 'string'): Check =>
  checker(`a ${type}`, (value) => typeof value === type && value !== '')
const checkObject = checker('an object', isRecord)

/** By what it can do, because a signal can come from another realm. */
const isAbortSignal = (value: unknown): boolean =>
  typeof Object(value).addEventListener === 'function' && typeof Object(value).aborted === 'boolean'

const isMiddleware = (value: unknown): boolean =>
  isRecord(value) &&
  ['onRequest', 'onResponse', 'onError'].some((name) => name in (value as object))

const sharedChecks = {
  timeout: checkMs,
  totalTimeout: checkMs,
  maxRetries: checkCount,
  headers: checkObject,
} satisfies Record<string, Check>

/** One validator per option of a client. */
const clientChecks: { readonly [Name in keyof Required<ClientOptions>]: Check } = {
  ...sharedChecks,
  apiKey: (value) => typeof value === 'function' || checkApiKey(value),
  baseUrl: checkType('string'),
  maxRetryAfter: (value, name) => checkInteger(value, name, 0, maxTimerMs),
  maxResponseBytes: (value, name) => checkInteger(value, name),
  fetch: checkType('function'),
  userAgent: checkType('string'),
  hooks: checkObject,
  middleware: checker(
    'an array of openapi-fetch middleware',
    (value) => Array.isArray(value) && value.every(isMiddleware),
  ),
  dangerouslyAllowBrowser: checkType('boolean'),
}

/** One validator per option of a call. */
export const callChecks: { readonly [Name in keyof Required<CallOptions>]: Check } = {
  ...sharedChecks,
  signal: checker('an AbortSignal', isAbortSignal),
  extraQuery: checkObject,
  idempotent: checkType('boolean'),
  validate: checker('a Standard Schema', (value) => '~standard' in Object(value)),
}

/** One validator per option of a paginated call. */
const listChecks: { readonly [Name in keyof Required<ListOptions>]: Check } = {
  ...callChecks,
  resume: checkType('string'),
}

/** @throws {CekuraError} with code `usage` for an unknown option or an invalid value */
export function checkOptions(options: unknown, checks: Readonly<Record<string, Check>>): void {
  if (!isRecord(options)) throwInvalidOption('options', 'an object')
  checkOptionNames(options as object, Object.keys(checks))
  for (const [name, value] of Object.entries(options as object))
    if (value !== undefined) checks[name]!(value, name)
}

/** @throws {CekuraError} with code `usage` for an unknown option or an invalid value */
export const checkCallOptions = (options: CallOptions, isList: boolean): void =>
  checkOptions(options, isList ? listChecks : callChecks)

/** Limits of a call: its own, otherwise the client's. */
export const readCallLimits = (options: CallOptions, settings: Settings): CallLimits => ({
  timeout: options.timeout ?? settings.timeout,
  totalTimeout: options.totalTimeout ?? settings.totalTimeout,
  maxRetries: options.maxRetries ?? settings.maxRetries,
  maxRetryAfter: settings.maxRetryAfter,
  maxResponseBytes: settings.maxResponseBytes,
})

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)

/** The base URL without a trailing slash. Its parts can be secrets, so no message repeats them. */
function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSecure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  const isPlain = url && !(url.username || url.password || /[?#]/.test(url.href))
  if (!url || !isSecure || !isPlain)
    return throwInvalidOption(
      'baseUrl',
      'an https URL (http only on loopback) without credentials, query or fragment',
    )
  return url.href.replace(/\/+$/, '')
}

/** Reads `process.env` where it exists; a blank value counts as unset. */
function readEnvironment(name: string): string | undefined {
  const { process } = globalThis as {
    process?: { env?: Record<string, string | undefined> }
  }
  return process?.env?.[name]?.trim() || undefined
}

/**
 * Options of a client, checked, and completed from the environment and the defaults.
 *
 * @throws {CekuraError} with code `usage`
 */
export function readSettings(options: ClientOptions): Settings {
  checkOptions(options, clientChecks)
  const {
    apiKey = readEnvironment('CEKURA_API_KEY'),
    baseUrl = readEnvironment('CEKURA_API_URL') ?? defaultBaseUrl,
    userAgent,
  } = options
  if ((globalThis as { document?: unknown }).document && !options.dangerouslyAllowBrowser)
    throwUsageError(
      'Browser use is blocked because the API key would be public. Set dangerouslyAllowBrowser to allow it.',
      'invalid_option',
      { option: 'dangerouslyAllowBrowser', expected: 'true' },
    )
  if (typeof apiKey !== 'function') checkApiKey(apiKey)
  const base = userAgent === undefined ? {} : { 'user-agent': userAgent }
  return {
    apiKey: typeof apiKey === 'function' ? apiKey : () => apiKey,
    baseUrl: readBaseUrl(baseUrl),
    timeout: options.timeout ?? 30_000,
    totalTimeout: options.totalTimeout ?? 120_000,
    maxRetries: options.maxRetries ?? 2,
    maxRetryAfter: options.maxRetryAfter ?? 60_000,
    maxResponseBytes: options.maxResponseBytes ?? 2 ** 26,
    fetch: options.fetch,
    headers: mergeHeaderOptions(base, options.headers),
    hooks: options.hooks,
    middleware: options.middleware ?? [],
  }
}
