import type { MiddlewareHandler } from 'hono'

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

const refusal = (code: string, title: string, fix: string): object => ({
  error: { code, title, fix },
})

/**
 * Refuses what a foreign page can make a browser send: another host name that resolves to this
 * machine, and requests from another site.
 */
export const createGuard =
  (hostNames: readonly string[]): MiddlewareHandler =>
  async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
    const host = (context.req.header('host') ?? '').replace(/:\d+$/, '')
    if (!hostNames.includes(host))
      return context.json(refusal('host', 'Unknown host', 'Add it to ALLOWED_HOSTS.'), 421)
    const site = context.req.header('sec-fetch-site')
    const isOwn = site === undefined || site === 'same-origin' || site === 'none'
    // A link to the page is followed from anywhere, into a window of its own.
    const isFollowed =
      context.req.path === '/' &&
      context.req.header('sec-fetch-mode') === 'navigate' &&
      context.req.header('sec-fetch-dest') === 'document'
    if (!isOwn && !isFollowed)
      return context.json(
        refusal(
          'cross_site',
          'Requests from other sites are refused',
          'Open the dashboard itself.',
        ),
        403,
      )
    return next()
  }
