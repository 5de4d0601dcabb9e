import type { Runtime } from '../runtime.ts'
import type { CallOptions, Settings } from '../settings/client-options.ts'
import { runAttempt } from './attempt.ts'
import { Call } from './call.ts'
import type { WireRequest, WireResponse } from './exchange.ts'
import { costsBudget, maxBudget, planRetry } from './retry.ts'

/** A request and what the transport has to know about it. */
export interface TransportRequest extends WireRequest {
  /** Path template for errors and hooks. */
  path: string
  /** False for a body that is a stream. */
  canReplay: boolean
}

/** Turns the last response of a call into its result. It can throw what `call` creates. */
export type ReadResponse<Result> = (response: WireResponse, call: Call) => Result | Promise<Result>

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
export function createTransport(client: Settings, runtime: Runtime): Transport {
  let budget = maxBudget
  let calls = 0

  return async (request, options, read, readsErrors = false) => {
    const {
      signal,
      idempotent: isIdempotent = false,
      timeout = client.timeout,
      totalTimeout = client.totalTimeout,
      maxRetries = client.maxRetries,
    } = options
    const settings = { ...client, timeout, totalTimeout, maxRetries }
    const deadline = runtime.now() + totalTimeout
    const call = new Call(request, ++calls, settings.hooks)
    const context = { request, settings, runtime, signal, call }

    for (let tries = 1; ; tries++) {
      const { response, error } = await runAttempt(context, Math.max(0, deadline - runtime.now()))
      if (!error) {
        budget = Math.min(maxBudget, budget + 1)
        try {
          return await read(response!, call)
        } catch (thrown) {
          throw call.fail(thrown)
        }
      }
      const delayMs = planRetry(
        { request, error, tries, isIdempotent },
        { ...settings, budget, remainingMs: deadline - runtime.now() },
        () => runtime.random(),
      )
      if (delayMs === undefined) {
        const failure = call.fail(error)
        if (!readsErrors || !response) throw failure
        return read(response, call)
      }
      if (costsBudget(error.status)) budget -= 1
      call.emit('onRetry', { code: error.code, delayMs })
      await runtime.wait(delayMs, signal)
    }
  }
}
