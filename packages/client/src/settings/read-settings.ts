import { defaultBaseUrl } from '@cekura-kit/types'
import { createUsageError, throwInvalidOption } from '../errors/usage-error.ts'
import { checkApiKey } from './check-api-key.ts'
import { checkOptions, clientRules } from './check-options.ts'
import type { ClientOptions, Settings } from './client-options.ts'
import { mergeHeaderOptions } from './headers.ts'

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)

/** The base URL without a trailing slash. Its parts can be secrets, so no message repeats them. */
function readBaseUrl(text: unknown): string {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
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
  checkOptions(options, clientRules)
  const {
    apiKey = readEnvironment('CEKURA_API_KEY'),
    baseUrl = readEnvironment('CEKURA_API_URL') ?? defaultBaseUrl,
    timeout = 30_000,
    totalTimeout = 120_000,
    maxRetries = 2,
    maxRetryAfter = 60_000,
    maxResponseBytes = 2 ** 26,
    fetch,
    hooks,
    middleware = [],
  } = options
  const key = typeof apiKey === 'function' ? apiKey : checkApiKey(apiKey)
  if ((globalThis as { document?: unknown }).document && !options.dangerouslyAllowBrowser)
    throw createUsageError(
      'invalid_option',
      { option: 'dangerouslyAllowBrowser', expected: 'true' },
      'Browser use is blocked because the API key would be public. Set dangerouslyAllowBrowser to allow it.',
    )
  return {
    apiKey: typeof key === 'function' ? key : () => key,
    baseUrl: readBaseUrl(baseUrl),
    timeout,
    totalTimeout,
    maxRetries,
    maxRetryAfter,
    maxResponseBytes,
    fetch,
    headers: mergeHeaderOptions({}, options.headers),
    hooks,
    middleware,
  }
}
