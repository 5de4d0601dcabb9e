import { apiKeyHeader, defaultBaseUrl } from '@cekura-kit/types'
import type { Middleware } from 'openapi-fetch'
import { usageError } from './cekura-error.ts'
import type { Hooks } from './hooks.ts'

/** A `fetch`, called as `fetch(url, init)`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Headers to add; null removes one that would be sent otherwise. */
export type HeaderOptions = Readonly<Record<string, string | null>>

export interface ClientOptions {
  /**
   * API key, or a function that gives it before each attempt; default the environment variable
   * `CEKURA_API_KEY`.
   */
  apiKey?: string | (() => string | Promise<string>) | undefined
  /** Origin of the service; default `CEKURA_API_URL`, then the hosted service. https, or http on loopback. */
  baseUrl?: string | undefined
  /** How long one attempt may take, its body included, in milliseconds; default 30 000. */
  timeout?: number | undefined
  /** How long one call may take, attempts and waits together, in milliseconds; default 120 000. */
  totalTimeout?: number | undefined
  /** How often a failed attempt is repeated; default 2. */
  maxRetries?: number | undefined
  /** The longest `Retry-After` that is waited for, in milliseconds; default 60 000. A longer one fails at once. */
  maxRetryAfter?: number | undefined
  /** Largest answer that is read, in decoded bytes; default 64 MiB. */
  maxResponseBytes?: number | undefined
  /** The `fetch` to call, as `fetch(url, init)`; default the global one, looked up on each call. */
  fetch?: Fetch | undefined
  /** Headers of every request. */
  headers?: HeaderOptions | undefined
  /** Value of `user-agent`; default that of the runtime. */
  userAgent?: string | undefined
  /** Told about attempts: metadata only, never a header or a body. */
  hooks?: Hooks | undefined
  /** openapi-fetch middleware, run once a call, above the retries. */
  middleware?: Middleware[] | undefined
  /** A key in a page can be read by everyone who opens it; default false. */
  dangerouslyAllowBrowser?: boolean | undefined
}

/** What a call may set for itself. */
export interface RequestOptions {
  /** Ends the call with code `aborted`, in the middle of a wait too. */
  signal?: AbortSignal | undefined
  /** @see ClientOptions.timeout */
  timeout?: number | undefined
  /** @see ClientOptions.totalTimeout */
  totalTimeout?: number | undefined
  /** @see ClientOptions.maxRetries */
  maxRetries?: number | undefined
  /** Headers of this call, over the client's. */
  headers?: HeaderOptions | undefined
}

export interface Settings {
  apiKey: () => string | Promise<string>
  baseUrl: string
  timeout: number
  totalTimeout: number
  maxRetries: number
  maxRetryAfter: number
  maxResponseBytes: number
  fetch: Fetch
  headers: HeaderOptions
  hooks: Hooks
}

/** Reads `process.env` where there is one; a blank value counts as unset. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  return process?.env?.[name]?.trim() || undefined
}

/** The key itself never stands in a message. */
export function checkKey(key: unknown): string {
  if (typeof key !== 'string' || key === '')
    throw usageError('Cannot use the API key: there is none; set CEKURA_API_KEY or pass apiKey')
  if (!/^[\u0021-\u007e]+$/.test(key))
    throw usageError(
      `Cannot use the API key: it holds a space, a line break or a character that ${apiKeyHeader} cannot carry; copy it again without them`,
    )
  return key
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)

const refuse = (why: string): Error =>
  usageError(
    `Cannot create the client: the base URL ${why}; give an origin like ${defaultBaseUrl} in CEKURA_API_URL or baseUrl`,
  )

function readBaseUrl(given: string | undefined): string {
  const text = given ?? environment('CEKURA_API_URL') ?? defaultBaseUrl
  if (!URL.canParse(text)) throw refuse(`"${text.slice(0, 100)}" is not a URL`)
  const url = new URL(text)
  if (url.username || url.password) throw refuse('holds a user name or a password')
  if (url.search || url.hash) throw refuse('holds a query or a fragment')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw refuse(`"${text.slice(0, 100)}" would send the key unencrypted`)
  return url.href.replace(/\/+$/, '')
}

/** A number option checked; `least` is 0 for counts and 1 for durations and sizes. */
export function checkNumber(name: string, value: number, least: number): number {
  // Timers wrap around above 2^31 - 1 milliseconds and fire at once.
  if (Number.isInteger(value) && value >= least && value <= 2_147_483_647) return value
  throw usageError(
    `Cannot use ${name}: it is ${String(value)}; give a whole number from ${least} to 2147483647`,
  )
}

/**
 * Options checked, and filled from the environment and the defaults.
 *
 * @throws {CekuraError} with code `usage`
 */
export function readSettings(options: ClientOptions): Settings {
  const { apiKey = environment('CEKURA_API_KEY') ?? '', fetch, userAgent } = options
  const { window } = globalThis as { window?: { document?: unknown } }
  if (window?.document && !options.dangerouslyAllowBrowser)
    throw usageError(
      'Cannot create the client in a browser: its key could be read by anyone; call the service from a server, or pass dangerouslyAllowBrowser: true',
    )
  if (typeof apiKey === 'string') checkKey(apiKey)
  return {
    apiKey: typeof apiKey === 'function' ? apiKey : () => apiKey,
    baseUrl: readBaseUrl(options.baseUrl),
    timeout: checkNumber('timeout', options.timeout ?? 30_000, 1),
    totalTimeout: checkNumber('totalTimeout', options.totalTimeout ?? 120_000, 1),
    maxRetries: checkNumber('maxRetries', options.maxRetries ?? 2, 0),
    maxRetryAfter: checkNumber('maxRetryAfter', options.maxRetryAfter ?? 60_000, 0),
    maxResponseBytes: checkNumber('maxResponseBytes', options.maxResponseBytes ?? 64 * 2 ** 20, 1),
    fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)),
    headers: {
      accept: 'application/json',
      ...(userAgent && { 'user-agent': userAgent }),
      ...options.headers,
    },
    hooks: options.hooks ?? {},
  }
}
