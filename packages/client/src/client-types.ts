import type { ApiOperations, paths } from '@cekura-kit/types'
import type { Client } from 'openapi-fetch' with { 'resolution-mode': 'import' }
import type { PageLike } from './pagination/paginate.ts'
import type { PaginatedList } from './pagination/paginated-list.ts'
import type { CallOptions } from './settings/client-options.ts'

/** A method for one operation. The input is optional if nothing in it is required. */
export type CallMethod<Input, Output> =
  Record<never, never> extends Input
    ? (input?: Input, options?: CallOptions) => Promise<Output>
    : (input: Input, options?: CallOptions) => Promise<Output>

/** A method for a paginated operation. */
export type ListMethod<Input, Page, Item> =
  Record<never, never> extends Input
    ? (input?: Input, options?: CallOptions) => PaginatedList<Page, Item>
    : (input: Input, options?: CallOptions) => PaginatedList<Page, Item>

/** The methods of a group of operations, named by operationId. */
export type OperationMethods<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends {
    input: infer Input
    output: infer Page extends PageLike
    item: infer Item
  }
    ? ListMethod<Input, Page, Item>
    : Group[Name] extends { input: infer Input; output: infer Output }
      ? CallMethod<Input, Output>
      : OperationMethods<Group[Name]>
}

/**
 * A client of the Cekura API: one method per operation, named by operationId, so `callLogs.list` in
 * the document is `cekura.callLogs.list(…)`.
 */
export interface CekuraClient extends OperationMethods<ApiOperations> {
  /**
   * The typed openapi-fetch client, with the same key, retries and limits, for what the methods do
   * not cover. It returns `{ data, error, response }` for every response. It throws a
   * {@link CekuraError} without one, and for a success that is not JSON. `raw.use(…)` adds
   * openapi-fetch middleware to it.
   */
  readonly raw: Client<paths>
}
