import type { Middleware } from 'openapi-fetch' with { 'resolution-mode': 'import' }
import type { Hooks } from '../hooks.ts'
import type { Fetch } from '../transport/fetch.ts'

/** Headers to add; null removes one that would be sent otherwise. */
export type HeaderOptions = Readonly<Record<string, string | null | undefined>>

export interface ClientOptions {
  /**
   * API key, or a function that is called for one before each attempt; default: the environment
   * variable `CEKURA_API_KEY`.
   */
  apiKey?: string | (() => string | Promise<string>) | undefined
  /**
   * URL of the API; default: `CEKURA_API_URL`, then the hosted API. https, or http on loopback;
   * without credentials, query and fragment.
   */
  baseUrl?: string | undefined
  /** Time for one attempt including its body, in milliseconds; default 30,000. */
  timeout?: number | undefined
  /** Time for one call including attempts and waits, in milliseconds; default 120,000. */
  totalTimeout?: number | undefined
  /** Retries per call; default 2. */
  maxRetries?: number | undefined
  /** Longest `Retry-After` to wait for, in milliseconds; default 60,000. A longer one fails at once. */
  maxRetryAfter?: number | undefined
  /** Maximum size of a successful response, in decoded bytes; default 64 MiB. */
  maxResponseBytes?: number | undefined
  /** Called as `fetch(url, init)`; default: the global one, looked up on each call. */
  fetch?: Fetch | undefined
  /** Headers of every request. */
  headers?: HeaderOptions | undefined
  /** Functions that observe attempts. */
  hooks?: Hooks | undefined
  /** openapi-fetch middleware of `raw`, around all attempts. Methods do not run it. */
  middleware?: readonly Middleware[] | undefined
  /** Everyone who opens a page can read a key in it; default false. */
  dangerouslyAllowBrowser?: boolean | undefined
}

/** Options of one call. */
export interface CallOptions {
  /** Ends the call with code `aborted`, also while it waits. */
  signal?: AbortSignal | undefined
  /** @see ClientOptions.timeout */
  timeout?: number | undefined
  /** @see ClientOptions.totalTimeout */
  totalTimeout?: number | undefined
  /** @see ClientOptions.maxRetries */
  maxRetries?: number | undefined
  /** Headers of this call; they override the client's. */
  headers?: HeaderOptions | undefined
  /** Query parameters missing from the types. */
  extraQuery?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  /**
   * Set it if sending this request twice does no harm. It is then retried like a GET. Default: only
   * GET and HEAD.
   */
  idempotent?: boolean | undefined
}

/** Options of a client, checked and complete. */
export interface Settings {
  apiKey: () => unknown
  /** Without a trailing slash. */
  baseUrl: string
  timeout: number
  totalTimeout: number
  maxRetries: number
  maxRetryAfter: number
  maxResponseBytes: number
  fetch: Fetch | undefined
  /** Header names are in lower case. */
  headers: Record<string, string>
  hooks: Hooks | undefined
  middleware: readonly Middleware[]
}
