import type { OperationDescriptor } from '@cekura-kit/types'
import { createRequestPlanner } from './input/plan-request.ts'
import { readResult } from './read-result.ts'
import { callRules, checkOptions } from './settings/check-options.ts'
import type { CallOptions, Settings } from './settings/client-options.ts'
import type { Call } from './transport/call.ts'
import type { Transport } from './transport/transport.ts'

/** Sends one request for an operation and returns what the operation returns. */
export type Operation = (
  input: unknown,
  options?: CallOptions,
  /** A further check of the result, whose error counts as the error of the call. */
  check?: (result: unknown, call: Call) => void,
) => Promise<unknown>

/** The one way from an operation's input to its result. */
export function createOperation(
  descriptor: OperationDescriptor,
  settings: Settings,
  transport: Transport,
): Operation {
  const planRequest = createRequestPlanner(descriptor, settings)

  return async (input, options = {}, check) => {
    checkOptions(options, callRules)
    return await transport(planRequest(input, options), options, (response, call) => {
      const result = readResult(descriptor, response, call)
      check?.(result, call)
      return result
    })
  }
}
