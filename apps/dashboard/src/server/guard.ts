import type { MiddlewareHandler } from 'hono'
import { pageHeader } from '../shared/dashboard-api.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const errorBody = (code: string, title: string, fix: string): object => ({
  error: { code, title, fix },
})

/** Paths that return data. */
const isData = (path: string): boolean => path.startsWith('/api/')

/**
 * Rejects what another site can make a browser send: requests to a host name that resolves to this
 * machine, requests from another site, and data requests without the header of the page.
 */
export const createGuard =
  (hostNames: readonly string[]): MiddlewareHandler =>
  async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
    const host = (context.req.header('host') ?? '').replace(/:\d+$/, '')
    if (!hostNames.includes(host))
      return context.json(errorBody('host', 'Unknown host', 'Add it to ALLOWED_HOSTS.'), 421)
    const site = context.req.header('sec-fetch-site')
    const isOwn = site === undefined || site === 'same-origin' || site === 'none'
    // A link to the page can be on any site; it opens in a window of its own.
    const isFollowed =
      context.req.path === '/' &&
      context.req.header('sec-fetch-mode') === 'navigate' &&
      context.req.header('sec-fetch-dest') === 'document'
    const hasHeader = Object.entries(pageHeader).every(
      ([name, value]) => context.req.header(name) === value,
    )
    if ((!isOwn && !isFollowed) || (isData(context.req.path) && !hasHeader))
      return context.json(
        errorBody('cross_site', 'Only the dashboard can request this', 'Open the dashboard.'),
        403,
      )
    return next()
  }
