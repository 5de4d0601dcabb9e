import type { CallOptions, ClientOptions } from '@cekura-kit/client'
import type { OperationDescriptor } from '@cekura-kit/types'
import { createOperation } from '../../src/create-operation.ts'
import { createPaginatedList, type PaginatedList } from '../../src/pagination/paginated-list.ts'
import type { PageLike } from '../../src/pagination/paginate.ts'
import type { Runtime } from '../../src/runtime.ts'
import { readSettings } from '../../src/settings/read-settings.ts'
import { createTransport } from '../../src/transport/transport.ts'
import { fixedRuntime } from './fixed-runtime.ts'

export const apiKey = 'canary-key-123'

/** A descriptor of an operation that the document does not have. */
export const describeOperation = (
  method: OperationDescriptor['method'],
  path: string,
  more: Partial<OperationDescriptor> = {},
): OperationDescriptor => ({ method, path, parameters: {}, returns: 'json', ...more })

type Input = Readonly<Record<string, unknown>> | undefined

/** The way from a descriptor to a result, for operations that the document does not have. */
export function createOperations(options: ClientOptions, runtime: Runtime = fixedRuntime) {
  const settings = readSettings({ apiKey, ...options })
  const transport = createTransport(settings, runtime)
  const operationOf = (descriptor: OperationDescriptor) =>
    createOperation(descriptor, settings, transport)
  return {
    call: (descriptor: OperationDescriptor, input?: unknown, callOptions?: CallOptions) =>
      operationOf(descriptor)(input, callOptions),
    list: (descriptor: OperationDescriptor, input?: Input, listOptions?: CallOptions) =>
      createPaginatedList(
        operationOf(descriptor),
        runtime,
        descriptor,
        input,
        listOptions,
      ) as PaginatedList<PageLike, { id: number }>,
  }
}
