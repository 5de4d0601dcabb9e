import type { CekuraError, CekuraErrorCode } from '../errors/cekura-error.ts'

/** Methods that change nothing, so that a repeated request does no harm. */
const safeMethods = new Set(['GET', 'HEAD'])
/** Failures that can be gone a moment later. */
const retryableCodes = new Set<CekuraErrorCode>(['connection', 'timeout', 'rate_limit', 'server'])

/** Retries that a failing API gets beyond what successes earn back, one each. */
export const maxBudget = 10
const baseDelayMs = 500
const maxDelayMs = 8000

export interface FailedAttempt {
  request: {
    method: string
    /** The body can be sent again. */
    canReplay: boolean
  }
  error: Pick<CekuraError, 'code' | 'status' | 'retryAfterMs'>
  /** Number of the attempt, starting at 1. */
  tries: number
  /** The caller said that a repeated request does no harm. */
  isIdempotent: boolean
}

export interface RetryLimits {
  maxRetries: number
  maxRetryAfter: number
  /** What is left of the total timeout, in milliseconds. */
  remainingMs: number
  /** Retries that the client can still spend on outages. */
  budget: number
}

/** The budget is meant for outages, so a retry after a 429 costs nothing. */
export const costsBudget = (status: number | undefined): boolean => status !== 429

/**
 * How long to wait before the next attempt, in milliseconds; undefined for no retry.
 *
 * GET and HEAD, and calls marked idempotent, are retried after any failure that can pass. Other
 * methods only after a 429 that says how long to wait: such a request was not processed.
 */
export function planRetry(
  { request, error, tries, isIdempotent }: FailedAttempt,
  limits: RetryLimits,
  random: () => number,
): number | undefined {
  const { code, status, retryAfterMs } = error
  if (!request.canReplay || tries > limits.maxRetries || !retryableCodes.has(code)) return undefined
  const isSafe = safeMethods.has(request.method) || isIdempotent
  if (!isSafe && (status !== 429 || retryAfterMs === undefined)) return undefined
  if (retryAfterMs !== undefined && retryAfterMs > limits.maxRetryAfter) return undefined
  if (costsBudget(status) && limits.budget <= 0) return undefined
  // Half of the delay is random, so that clients do not retry at the same time.
  const backoffMs = Math.min(maxDelayMs, baseDelayMs * 2 ** (tries - 1)) * (0.5 + random() / 2)
  const delayMs = retryAfterMs ?? backoffMs
  return delayMs < limits.remainingMs ? delayMs : undefined
}
