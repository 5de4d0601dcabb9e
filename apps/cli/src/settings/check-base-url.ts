import { UsageError, type Fix } from '../command-error.ts'

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

/**
 * The key goes only where it belongs: to the service over https, to this machine, or to a host that
 * was named for this.
 *
 * @returns the address in its one form, without a slash at the end
 * @throws {UsageError} for any other address
 */
export function checkBaseUrl(
  text: string,
  trustedHost: string,
  allowed: readonly string[],
): string {
  const quoted = `"${text.slice(0, 100)}"`
  const refuse = (
    why: string,
    fix: Fix = `export CEKURA_API_URL=https://${trustedHost}`,
  ): UsageError => new UsageError(`Cannot use the base URL ${quoted}: ${why}`, fix, 'base_url')
  if (!URL.canParse(text)) throw refuse(`it is not a URL`)
  const url = new URL(text)
  const { protocol, hostname, origin, pathname, username, password, search, hash } = url
  if (username || password)
    throw new UsageError(
      'Cannot use the base URL: it holds a user name or a password',
      `export CEKURA_API_URL=https://${trustedHost}`,
      'base_url',
    )
  if (search || hash) throw refuse('it holds a query or a fragment')
  // One form of it: a state is told apart by its service.
  const address = `${origin}${pathname}`.replace(/\/+$/, '')
  if (isLoopback(hostname) && (protocol === 'http:' || protocol === 'https:')) return address
  if (protocol !== 'https:') throw refuse('the key would go over the network unencrypted')
  if (hostname === trustedHost || allowed.includes(hostname)) return address
  throw refuse(
    `the key would go to ${hostname}, which is not ${trustedHost}; --allow-host names a host that may have it`,
    ['--allow-host', hostname],
  )
}
