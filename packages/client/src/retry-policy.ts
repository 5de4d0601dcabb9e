import type { CekuraError } from './cekura-error.ts'

const retriedMethods = new Set(['GET', 'HEAD'])
const firstDelayMs = 500
const longestDelayMs = 8000

/** Whether the same request could fare better a moment later. */
export function isRetryable(method: string, error: CekuraError): boolean {
  if (!retriedMethods.has(method)) return false
  if (error.status !== undefined)
    return error.status === 408 || error.status === 429 || error.status >= 500
  return error.code === 'connection' || error.code === 'timeout'
}

/** Wait before attempt `attempt + 1`: exponential, and half of it random so that clients spread. */
export function backoffMs(attempt: number, random: number): number {
  const most = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1))
  return Math.round(most / 2 + (most / 2) * random)
}

const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * `Retry-After` in milliseconds: whole seconds, or an HTTP date against the answer's own `Date`,
 * because the two clocks need not agree. Undefined when absent or of another form.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  if (!httpDate.test(value)) return undefined
  const date = headers.get('date')
  const base = date && httpDate.test(date) ? Date.parse(date) : now
  return Math.max(0, Date.parse(value) - base)
}

/** Retries that a client may spend: a failing service is not asked twice for everything. */
export function createRetryBudget(size = 10): { spend(): boolean; earn(): void } {
  let tokens = size
  return {
    spend: () => tokens >= 1 && tokens-- >= 1,
    earn: () => {
      tokens = Math.min(size, tokens + 1)
    },
  }
}
