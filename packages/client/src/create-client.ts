import { operationDescriptors, type OperationDescriptor } from '@cekura-kit/types'
import type { CekuraClient } from './client-types.ts'
import { createOperation } from './create-operation.ts'
import { createPaginatedList } from './pagination/paginated-list.ts'
import { createRawClient } from './raw-client.ts'
import { systemRuntime, type Runtime } from './runtime.ts'
import type { CallOptions, ClientOptions } from './settings/client-options.ts'
import { readSettings } from './settings/read-settings.ts'
import { createTransport } from './transport/transport.ts'

type Input = Readonly<Record<string, unknown>> | undefined
type Method = (input: Input, options?: CallOptions) => unknown
type MethodTree = { [name: string]: Method | MethodTree }

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
  const client: MethodTree = {}
  for (const [id, descriptor] of Object.entries<OperationDescriptor>(operationDescriptors)) {
    if (descriptor.rawOnly) continue
    const operation = createOperation(descriptor, settings, transport)
    const method: Method = descriptor.paginated
      ? (input, callOptions) =>
          createPaginatedList(operation, runtime, descriptor, input, callOptions)
      : (input, callOptions) => operation(input, callOptions)
    addMethod(client, id, method)
  }
  const raw = createRawClient(settings, transport)
  return Object.assign(client, { raw }) as unknown as CekuraClient
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
