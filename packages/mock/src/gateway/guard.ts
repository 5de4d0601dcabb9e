import { isIP } from 'node:net'
import { headerOf, isJsonType, problemResponse, type MockResponse } from '../api/response.ts'

export interface GuardPolicy {
  /** Host names that requests may use besides loopback names, IP addresses and names without a dot. */
  hosts: readonly string[]
  /** Whether pages of other origins may send requests. */
  crossOrigin: boolean
  /** Whether a POST must have a JSON content type, which another origin cannot send unnoticed. */
  jsonWrites: boolean
}

interface GuardedRequest {
  method: string
  headers: readonly string[]
}

const hostnameOf = (authority: string): string | undefined =>
  URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`).hostname : undefined

/**
 * Names that no public DNS entry can have. A page that rebinds its own domain to this machine sends
 * that domain as `Host`.
 */
const isLocalName = (hostname: string): boolean =>
  isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0 ||
  !hostname.includes('.') ||
  hostname.endsWith('.localhost')

/**
 * Checks a request before anything else looks at it. One guard for every listener.
 *
 * @returns the error response, undefined for a request that may pass
 */
export function guardRequest(
  request: GuardedRequest,
  { hosts, crossOrigin, jsonWrites }: GuardPolicy,
): MockResponse | undefined {
  // HTTP/1.0 may omit it; browsers always send it.
  const host = headerOf(request, 'host')
  if (host) {
    const hostname = hostnameOf(host)
    if (hostname === undefined || !(isLocalName(hostname) || hosts.includes(hostname)))
      return problemResponse(
        403,
        'Unknown Host header. Use an IP address, a name without a dot, or set publicUrl to this host.',
      )
  }
  if (!crossOrigin) {
    const origin = headerOf(request, 'origin')
    const site = headerOf(request, 'sec-fetch-site')
    const isOwnOrigin = origin === undefined || origin === `http://${host}`
    const isOwnSite = site === undefined || site === 'same-origin' || site === 'none'
    if (!isOwnOrigin || !isOwnSite)
      return problemResponse(403, 'Requests of other web origins are not accepted here.')
  }
  if (jsonWrites && request.method === 'POST' && !isJsonType(headerOf(request, 'content-type')))
    return problemResponse(400, 'Expected the header "content-type: application/json".')
  return undefined
}
