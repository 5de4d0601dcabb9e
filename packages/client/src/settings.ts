import { apiKeyHeader, defaultBaseUrl } from '@cekura-kit/types'
import { usageError } from './cekura-error.ts'

export interface ClientOptions {
  /** API key; default the environment variable `CEKURA_API_KEY`. */
  apiKey?: string | undefined
  /** Origin of the service; default `CEKURA_API_URL`, then the hosted service. https, or http on loopback. */
  baseUrl?: string | undefined
  /** How long one request may take, its body included, in milliseconds; default 30 000. */
  timeout?: number | undefined
  /** The `fetch` to call, as `fetch(url, init)`; default the global one, looked up on each call. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

export interface Settings {
  apiKey: string
  baseUrl: string
  timeout: number
  fetch: (url: string, init: RequestInit) => Promise<Response>
}

/** Reads `process.env` where there is one; a blank value counts as unset. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  return process?.env?.[name]?.trim() || undefined
}

function readKey(given: string | undefined): string {
  const key = given ?? environment('CEKURA_API_KEY')
  if (key === undefined || key === '')
    throw usageError(
      'Cannot create the client: there is no API key; set CEKURA_API_KEY or pass apiKey',
    )
  // The key itself never stands in a message.
  if (!/^[\u0021-\u007e]+$/.test(key))
    throw usageError(
      `Cannot create the client: the API key holds a space, a line break or a character that ${apiKeyHeader} cannot carry; copy it again without them`,
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
  if (url.search || url.hash) throw refuse(`"${text.slice(0, 100)}" holds a query or a fragment`)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw refuse(`"${text.slice(0, 100)}" would send the key unencrypted`)
  return url.href.replace(/\/+$/, '')
}

/** Options checked, and filled from the environment and the defaults. */
export function readSettings(options: ClientOptions): Settings {
  const { timeout = 30_000, fetch } = options
  if (!(Number.isFinite(timeout) && timeout > 0))
    throw usageError(
      `Cannot create the client: timeout is ${timeout}; give milliseconds greater than 0`,
    )
  return {
    apiKey: readKey(options.apiKey),
    baseUrl: readBaseUrl(options.baseUrl),
    timeout,
    fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)),
  }
}
