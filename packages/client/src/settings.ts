import { defaultBaseUrl } from '@cekura-kit/types'
import type { Middleware } from 'openapi-fetch'
import { refuse } from './cekura-error.ts'
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

const defaults = {
  timeout: 30_000,
  totalTimeout: 120_000,
  maxRetries: 2,
  maxRetryAfter: 60_000,
  maxResponseBytes: 2 ** 26,
}

type Limits = typeof defaults
type Numbers = Record<string, number | undefined>

export interface Settings extends Omit<ClientOptions, keyof Limits>, Limits {
  apiKey: () => string | Promise<string>
  baseUrl: string
}

/** Reads `process.env` where there is one; a blank value counts as unset. */
const environment = (name: string): string | undefined =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[
    name
  ]?.trim()

/** A number checked. Timers wrap around above 2^31 - 1 milliseconds and fire at once. */
export const checkNumber = (value: unknown, name: string, least = 1, most = 2 ** 31 - 1): number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : refuse(name, value, `a whole number from ${least} to ${most}`)

/** The numbers of `given`, checked, and those of `base` where there is none. */
export function readLimits(given: object, base: object = defaults): Limits {
  const read: Numbers = {}
  for (const name in defaults)
    // A number of things may be 0, a time may not.
    read[name] = checkNumber(
      (given as Numbers)[name] ?? (base as Numbers)[name],
      name,
      name < 't' ? 0 : 1,
    )
  return read as Limits
}

/** The key itself never stands in a message. */
export const checkKey = (key = ''): string =>
  /^[!-~]+$/.test(key)
    ? key
    : refuse('apiKey', key && '***', 'CEKURA_API_KEY without space or line break')

/**
 * Options checked, and filled from the environment and the defaults.
 *
 * @throws {CekuraError} with code `usage`
 */
export function readSettings(options: ClientOptions): Settings {
  const {
    apiKey = environment('CEKURA_API_KEY'),
    baseUrl = environment('CEKURA_API_URL') || defaultBaseUrl,
  } = options
  if ((globalThis as { document?: unknown }).document && !options.dangerouslyAllowBrowser)
    refuse('dangerouslyAllowBrowser', false, 'true if all may read the key')
  const [, origin] =
    /^((https:|http:..(localhost|127[\d.]+|\[::1])(?=[:/]))[^@?#]*?)\/*$/.exec(
      URL.canParse(baseUrl) ? new URL(baseUrl).href : '',
    ) ??
    refuse(
      'baseUrl',
      // What stands before an @ or in a query can be a secret.
      baseUrl.replaceAll(/.*@|[?#].*/g, '***'),
      'https (http on loopback) without user and query',
    )
  return {
    ...options,
    ...readLimits(options),
    apiKey: typeof apiKey === 'function' ? apiKey : (checkKey(apiKey), () => apiKey!),
    baseUrl: origin!,
  }
}
