import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { pageHeader } from '../shared/dashboard-api.ts'
import { Rejection } from './problem.ts'

/** The page has its own scripts and styles and requests only its own server. */
export const pagePolicy = secureHeaders({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
})

/**
 * Rejects what another site can make a browser send: requests to a host name that resolves to this
 * machine, requests from another site, and data requests without the header of the page.
 */
export const createGuard =
  (hostNames: readonly string[]): MiddlewareHandler =>
  async (context, next) => {
    const { req } = context
    context.header('cache-control', 'no-store')
    const host = (req.header('host') ?? '').replace(/:\d+$/, '')
    if (!hostNames.includes(host))
      throw new Rejection(421, 'host', 'Unknown host', 'Add it to ALLOWED_HOSTS.')
    const isOwn = ['same-origin', 'none'].includes(req.header('sec-fetch-site') ?? 'none')
    // A link to the page can be on any site; it opens in a window of its own.
    const isFollowed =
      req.path === '/' &&
      req.header('sec-fetch-mode') === 'navigate' &&
      req.header('sec-fetch-dest') === 'document'
    const hasHeader = Object.entries(pageHeader).every(
      ([name, value]) => req.header(name) === value,
    )
    if ((!isOwn && !isFollowed) || (req.path.startsWith('/api/') && !hasHeader))
      throw new Rejection(
        403,
        'cross_site',
        'Only the dashboard can request this',
        'Open the dashboard.',
      )
    await next()
  }
