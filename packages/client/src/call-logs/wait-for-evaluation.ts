import type { CallLogDetail } from '@cekura-kit/types'
import type { CekuraClient } from '../client-types.ts'
import { CekuraError } from '../errors/cekura-error.ts'
import { throwInvalidParameter } from '../errors/usage-error.ts'
import { isObject } from '../is-object.ts'
import { systemRuntime, type Runtime } from '../runtime.ts'
import {
  callRules,
  checkOptions,
  integerRule,
  type OptionRules,
} from '../settings/check-options.ts'
import { hasChanged, hasOutcome, missingMetrics, type CallLogBefore } from './evaluation-state.ts'

export interface WaitOptions {
  /** Ids of metrics whose results must be there too; default: the outcome is enough. */
  metrics?: readonly number[] | undefined
  /**
   * The call log from before the evaluation was started. Without it, the results of an earlier
   * evaluation count; not needed for a call that was just sent.
   */
  before?: CallLogBefore | undefined
  /** Time before the first request, in milliseconds; default 5000. */
  firstDelayMs?: number | undefined
  /** How long to wait, in milliseconds; default 180,000. The last request can take longer. */
  timeoutMs?: number | undefined
  /** Ends the wait with code `aborted`. */
  signal?: AbortSignal | undefined
}

const minDelayMs = 5000
const maxDelayMs = 15_000
const defaultTimeoutMs = 180_000
/** How long a call that was just sent may be unknown. */
const maxUnknownMs = 10_000

const rules: OptionRules<WaitOptions> = {
  metrics: {
    expected: 'an array of metric ids',
    isValid: (value) => Array.isArray(value) && value.every(Number.isSafeInteger),
  },
  before: { expected: 'a call log', isValid: (value) => isObject(value) && 'status' in value },
  firstDelayMs: integerRule(0, maxDelayMs),
  timeoutMs: integerRule(1, 2 ** 31 - 1),
  signal: callRules.signal,
}

const nextDelay = (delayMs: number): number =>
  Math.min(maxDelayMs, Math.max(minDelayMs, delayMs * 1.5))

function createTimeoutError(
  id: number,
  limit: number,
  last: CallLogDetail | undefined,
  missingMetrics: number[],
): CekuraError {
  const status = JSON.stringify(last?.status ?? 'unknown')
  const metrics = missingMetrics.join(', ')
  return new CekuraError(
    `Call log ${id} is not evaluated within ${limit} ms: its status is ${status}${
      metrics && `, without results of the metrics ${metrics}`
    }. Raise timeoutMs, or get the call log later.`,
    {
      code: 'timeout',
      reason: 'evaluation_timeout',
      details: { id, limit, status: last?.status, missingMetrics },
      body: last,
    },
  )
}

/** {@link waitForEvaluation} with another clock, randomness and timers. */
export async function waitForEvaluationWith(
  client: Pick<CekuraClient, 'callLogs'>,
  id: number,
  options: WaitOptions,
  { now, random, wait }: Runtime,
): Promise<CallLogDetail> {
  checkOptions(options, rules)
  if (!Number.isSafeInteger(id)) throwInvalidParameter('id', 'an integer', id)
  const { metrics = [], before, signal } = options
  const { firstDelayMs = minDelayMs, timeoutMs = defaultTimeoutMs } = options
  const startedMs = now()
  const deadlineMs = startedMs + timeoutMs
  let last: CallLogDetail | undefined
  let isNew = before === undefined

  /** Reads the call once; what to wait before the next time, if the API says so. */
  const poll = async (): Promise<number> => {
    try {
      last = await client.callLogs.get({ id }, { signal })
      isNew ||= hasChanged(before!, last)
      return 0
    } catch (error) {
      const isYoung = before === undefined && !last && now() - startedMs < maxUnknownMs
      if (CekuraError.is(error, 'not_found') && isYoung) return 0
      if (CekuraError.is(error, 'rate_limit')) return error.retryAfterMs ?? 0
      throw error
    }
  }

  let retryAfterMs = 0
  for (let delayMs = firstDelayMs; ; delayMs = nextDelay(delayMs)) {
    // Up to a fifth is random, so that many waits do not poll at the same time.
    const pauseMs = Math.max(retryAfterMs, delayMs * (1 - random() / 5))
    await wait(Math.min(pauseMs, deadlineMs - now()), signal)
    // An aborted signal makes the request fail with code `aborted`.
    retryAfterMs = await poll()
    const missing = last ? missingMetrics(last, metrics) : [...metrics]
    if (last && isNew && hasOutcome(last) && missing.length === 0) return last
    if (now() >= deadlineMs) throw createTimeoutError(id, timeoutMs, last, missing)
  }
}

/**
 * The call log with its evaluation, polled until it has an outcome and a result of each wanted
 * metric, also an empty one. Polls after 5 seconds, then more and more slowly up to every 15.
 *
 * A metric that sampling or its trigger leaves out can stay missing, so name only metrics that
 * always run.
 *
 * @throws {CekuraError} with reason `evaluation_timeout`: `details` have the last status and the
 * missing metrics, `body` has the last call log
 * @throws {CekuraError} with code `not_found` if the call is unknown for more than 10 seconds
 * @see operation `callLogs.get`
 * @example
 * const { id } = await cekura.callLogs.send({ body: { agent: 2142, call_id: 'call_9c4d1e7a' } })
 * const { status, evaluation } = await waitForEvaluation(cekura, id, { metrics: [320] })
 */
export const waitForEvaluation = (
  client: Pick<CekuraClient, 'callLogs'>,
  id: number,
  options: WaitOptions = {},
): Promise<CallLogDetail> => waitForEvaluationWith(client, id, options, systemRuntime)
