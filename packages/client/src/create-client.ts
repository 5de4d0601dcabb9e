import { operationDescriptors, type OperationDescriptor } from '@cekura-kit/types'
import { createCallOperation, type CallOperation } from './call-operation.ts'
import type { CekuraClient } from './client-types.ts'
import { createPaginatedList } from './pagination/paginated-list.ts'
import { createRawClient } from './raw-client.ts'
import { systemRuntime, type Runtime } from './runtime.ts'
import type { CallOptions, ClientOptions } from './settings/client-options.ts'
import { readSettings } from './settings/read-settings.ts'
import { createTransport } from './transport/transport.ts'

type Input = Readonly<Record<string, unknown>> | undefined
type Method = (input: Input, options?: CallOptions) => unknown
type MethodTree = { [name: string]: Method | MethodTree }

const createMethod =
  (descriptor: OperationDescriptor, call: CallOperation, runtime: Runtime): Method =>
  (input, options) =>
    descriptor.paginated
      ? createPaginatedList(call, runtime, descriptor, input, options)
      : call(descriptor, input, options)

/** Puts a method where its operationId says: `callLogs.list` at `client.callLogs.list`. */
function addMethod(client: MethodTree, operationId: string, method: Method): void {
  const groups = operationId.split('.')
  const name = groups.pop()!
  let target = client
  for (const group of groups) target = (target[group] ??= {}) as MethodTree
  target[name] = method
}

/** {@link createClient} with another clock, randomness and timers. */
export function createClientWith(
  options: ClientOptions = {},
  runtime: Runtime = systemRuntime,
): CekuraClient {
  const settings = readSettings(options)
  const transport = createTransport(settings, runtime)
  const call = createCallOperation(settings, transport)
  const client: MethodTree = {}
  for (const [operationId, descriptor] of Object.entries<OperationDescriptor>(operationDescriptors))
    if (!descriptor.rawOnly) addMethod(client, operationId, createMethod(descriptor, call, runtime))
  return Object.assign(client, {
    raw: createRawClient(settings, transport),
  }) as unknown as CekuraClient
}

/**
 * A client of the Cekura API.
 *
 * @throws {CekuraError} with code `usage` if an option is unknown or invalid
 * @example
 * const cekura = createClient() // reads CEKURA_API_KEY and CEKURA_API_URL
 * const page = await cekura.callLogs.list({ agent_id: 2142, page_size: 100 })
 */
export const createClient = (options?: ClientOptions): CekuraClient => createClientWith(options)
