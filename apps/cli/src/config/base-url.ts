import { UsageError, type Suggestion } from '../errors/command-error.ts'

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true
  const parts = hostname.split('.')
  return parts.length === 4 && parts[0] === '127' && parts.every((part) => /^\d{1,3}$/.test(part))
}

/**
 * The key is sent only to the API over https, to this machine, or to an allowed host.
 *
 * @returns the normalized URL without a slash at the end
 * @throws {UsageError} for any other URL
 */
export function checkBaseUrl(
  text: string,
  trustedHost: string,
  allowed: readonly string[],
): string {
  const fail = (
    why: string,
    suggestion: Suggestion = `export CEKURA_API_URL=https://${trustedHost}`,
  ): UsageError => new UsageError(why, suggestion, 'base_url')
  const quoted = `"${text.slice(0, 100)}"`
  if (!URL.canParse(text)) throw fail(`Invalid base URL ${quoted}: expected a URL.`)
  const { protocol, hostname, origin, pathname, username, password, search, hash } = new URL(text)
  // Not quoted: it holds a secret.
  if (username || password) throw fail('The base URL must not contain a user name or a password.')
  if (search || hash) throw fail(`The base URL ${quoted} must not contain a query or a fragment.`)
  const url = `${origin}${pathname}`.replace(/\/+$/, '')
  if (isLoopback(hostname) && (protocol === 'http:' || protocol === 'https:')) return url
  if (protocol !== 'https:') throw fail(`The base URL must use https (got ${quoted}).`)
  if (hostname === trustedHost || allowed.includes(hostname)) return url
  throw fail(
    `The API key is only sent to ${trustedHost}; ${hostname} is not allowed. Allow it with --allow-host if you trust it.`,
    ['--allow-host', hostname],
  )
}
