import { createEmitter, type CallInfo } from '../hooks.ts'
import type { Runtime } from '../runtime.ts'
import type { CallOptions, Settings } from '../settings/client-options.ts'
import { readCallLimits } from '../settings/read-settings.ts'
import type { WireRequest, WireResponse } from './attempt.ts'
import { createFailures, type Failures } from './failures.ts'
import { createRedactorCache } from './redact.ts'
import { createRetryBudget, planRetry } from './retry.ts'
import { runAttempt, type AttemptResult } from './run-attempt.ts'

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
    const limits = readCallLimits(options, settings)
    const deadline = runtime.now() + limits.totalTimeout
    const info: CallInfo = {
      method: request.method,
      path: request.path,
      call: ++calls,
      attempts: 0,
    }
    const failures = createFailures(info)
    const emit = createEmitter(settings.hooks, info)

    const finish = (error: unknown): never => {
      const failure = failures.from(error)
      emit('onError', { code: failure.code })
      throw failure
    }

    for (let tries = 1; ; tries++) {
      const remainingMs = Math.max(0, deadline - runtime.now())
      const result: AttemptResult = await runAttempt({
        request,
        settings,
        runtime,
        limits,
        remainingMs,
        signal: options.signal,
        info,
        failures,
        emit,
        redactorOf,
      })
      const { response, error } = result
      if (!error) {
        budget.earn()
        try {
          return await read(response!, failures)
        } catch (thrown) {
          return finish(thrown)
        }
      }
      const plan = planRetry(
        {
          method: request.method,
          code: error.code,
          status: response?.status,
          retryAfterMs: error.retryAfterMs,
          tries,
          isIdempotent: options.idempotent ?? false,
          canReplay: request.canReplay,
        },
        { ...limits, remainingMs: deadline - runtime.now() },
        budget,
        () => runtime.random(),
      )
      if (!plan) {
        if (!readsErrors || !response) return finish(error)
        emit('onError', { code: error.code })
        return read(response, failures)
      }
      if (plan.costsBudget) budget.spend()
      emit('onRetry', { code: error.code, delayMs: plan.delayMs })
      await runtime.wait(plan.delayMs, options.signal)
    }
  }
}
