import type { OperationDescriptor } from '@cekura-kit/types'
import { planRequest } from './input/plan-request.ts'
import { readResult } from './read-result.ts'
import { checkCallOptions } from './settings/read-settings.ts'
import type { CallOptions, Settings } from './settings/client-options.ts'
import type { Failures } from './transport/failures.ts'
import type { Transport } from './transport/transport.ts'

/** Sends one request for an operation and returns what the operation returns. */
export type CallOperation = (
  descriptor: OperationDescriptor,
  input: unknown,
  options: CallOptions | undefined,
  /** A further check of the result, whose error counts as the error of the call. */
  check?: (result: unknown, failures: Failures) => void,
) => Promise<unknown>

/** The one way from an operation's input to its result. */
export function createCallOperation(settings: Settings, transport: Transport): CallOperation {
  return async (descriptor, input, options = {}, check) => {
    checkCallOptions(options, descriptor.paginated ?? false)
    const request = planRequest(descriptor, settings, input, options)
    return transport(request, options, async (response, failures) => {
      const result = await readResult(descriptor, response, failures, options.validate)
      check?.(result, failures)
      return result
    })
  }
}
