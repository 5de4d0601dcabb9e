import { apiKeyHeader } from '@cekura-kit/types'
import { BrokenRule } from './check.ts'
import type { Answer, Asked } from './target.ts'

/** What Prism reports in the `sl-violations` header about an answer. */
export function readViolations(headers: Headers): string[] {
  const text = headers.get('sl-violations')
  if (text === null) return []
  try {
    const found = JSON.parse(text) as { location?: string[]; message?: string }[]
    return found
      .filter(({ location }) => location?.[0] !== 'request')
      .map(({ location = [], message = '' }) => `${location.join('.')} ${message}`)
  } catch {
    // Past 8 kB Prism cuts the header, and it is no JSON any more.
    return ['more violations than the header holds']
  }
}

/** A request as text, without host and key. */
export function describeAsked({ method = 'GET', path, query = [] }: Asked): string {
  const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `${method} ${path}${text && `?${text}`}`
}

export interface SendOptions {
  url: string
  key: string
  timeoutMs?: number
}

/** Sends requests to one base URL. Redirects are not followed, and none waits for ever. */
export function createSend({ url, key, timeoutMs = 20_000 }: SendOptions) {
  return async (asked: Asked): Promise<Answer> => {
    const description = describeAsked(asked)
    const sent = asked.key === undefined ? key : asked.key
    const headers: Record<string, string> = {
      accept: 'application/json',
      ...(sent !== null && { [apiKeyHeader]: sent }),
      ...asked.headers,
    }
    try {
      const response = await fetch(url + description.slice(description.indexOf(' ') + 1), {
        method: asked.method ?? 'GET',
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return {
        status: response.status,
        headers: response.headers,
        text: await response.text(),
        asked: description,
        violations: readViolations(response.headers),
      }
    } catch (cause) {
      const { name, message } = cause as Error
      const reason = (cause as { cause?: Error }).cause?.message ?? message
      throw new BrokenRule(
        `${description} got no answer: ${name === 'TimeoutError' ? `none came within ${timeoutMs} ms` : reason}`,
        { cause },
      )
    }
  }
}
