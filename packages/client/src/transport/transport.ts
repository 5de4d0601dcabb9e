import { createEmitter, type CallInfo } from '../hooks.ts'
import type { Runtime } from '../runtime.ts'
import type { CallOptions, Settings } from '../settings/client-options.ts'
import { readCallLimits } from '../settings/read-settings.ts'
import type { WireRequest, WireResponse } from './attempt.ts'
import { createFailures, type Failures } from './failures.ts'
import { createRedactorCache } from './redact.ts'
import { costsBudget, createRetryBudget, planRetry } from './retry.ts'
import { runAttempt } from './run-attempt.ts'

/** A request and what the transport has to know about it. */
export interface TransportRequest extends WireRequest {
  /** Path template for errors and hooks. */
  path: string
  /** False for a body that is a stream. */
  canReplay: boolean
}

/** Turns the last response of a call into its result. It can throw what `failures` creates. */
export type ReadResponse<Result> = (
  response: WireResponse,
  failures: Failures,
) => Result | Promise<Result>

export type Transport = <Result>(
  request: TransportRequest,
  options: Omit<CallOptions, 'headers'>,
  read: ReadResponse<Result>,
  /** Error statuses are read too, instead of thrown. */
  readsErrors?: boolean,
) => Promise<Result>

/**
 * Sends requests until they succeed, fail for good, or must not be repeated; reads the result; and
 * reports each call to the hooks once. Every failure is a `CekuraError`.
 */
export function createTransport(settings: Settings, runtime: Runtime): Transport {
  const budget = createRetryBudget()
  const redactorOf = createRedactorCache()
  let calls = 0

  return async (request, options, read, readsErrors = false) => {
    const { method, path, canReplay } = request
    const { signal, idempotent: isIdempotent = false } = options
    const limits = readCallLimits(options, settings)
    const deadline = runtime.now() + limits.totalTimeout
    const info: CallInfo = { method, path, call: ++calls, attempts: 0 }
    const failures = createFailures(info)
    const emit = createEmitter(settings.hooks, info)
    const call = { request, settings, runtime, limits, signal, info, failures, emit, redactorOf }

    const fail = (thrown: unknown): never => {
      const failure = failures.from(thrown)
      emit('onError', { code: failure.code })
      throw failure
    }

    for (let tries = 1; ; tries++) {
      const remainingMs = Math.max(0, deadline - runtime.now())
      const { response, error } = await runAttempt({ ...call, remainingMs })
      if (!error) {
        budget.earn()
        try {
          return await read(response!, failures)
        } catch (thrown) {
          return fail(thrown)
        }
      }
      const { code, retryAfterMs } = error
      const status = response?.status
      const delayMs = planRetry(
        { method, code, status, retryAfterMs, tries, isIdempotent, canReplay },
        { ...limits, remainingMs: deadline - runtime.now() },
        budget,
        () => runtime.random(),
      )
      if (delayMs === undefined) {
        if (!readsErrors || !response) return fail(error)
        emit('onError', { code })
        return read(response, failures)
      }
      if (costsBudget(status)) budget.spend()
      emit('onRetry', { code, delayMs })
      await runtime.wait(delayMs, signal)
    }
  }
}
