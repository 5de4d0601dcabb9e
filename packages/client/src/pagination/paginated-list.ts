import type { OperationDescriptor } from '@cekura-kit/types'
import type { Operation } from '../create-operation.ts'
import { throwInvalidOption } from '../errors/usage-error.ts'
import type { Runtime } from '../runtime.ts'
import { checkOptions, integerRule } from '../settings/check-options.ts'
import type { CallOptions } from '../settings/client-options.ts'
import {
  paginate,
  type FetchPage,
  type PageLike,
  type PageList,
  type PagePosition,
  type PaginateOptions,
} from './paginate.ts'

/** Awaited: one page. Iterated: every item from that page on, each once. */
export interface PaginatedList<Page, Item> extends PromiseLike<Page>, AsyncIterable<Item> {
  catch<Result = never>(
    onError?: ((error: unknown) => Result | PromiseLike<Result>) | null,
  ): Promise<Page | Result>
  finally(onEnd?: (() => void) | null): Promise<Page>
  /** One page after the other, with a report of what was seen. */
  pages(options?: PaginateOptions): PageList<Page>
  /** The first `limit` items as an array; fewer if the list is shorter. */
  toArray(options: { limit: number }): Promise<Item[]>
}

/** Ends the time range of a list. New items must not shift the pages of an iteration. */
const endParameter = 'timestamp_to'

const positiveInteger = integerRule(1)

/** The list that a paginated operation returns. Nothing is requested before it is used. */
export function createPaginatedList<Page extends PageLike, Item>(
  operation: Operation,
  runtime: Runtime,
  descriptor: OperationDescriptor,
  input: Readonly<Record<string, unknown>> | undefined,
  options?: CallOptions,
): PaginatedList<Page, Item> {
  const fetchPage: FetchPage<Page> = (position, check) =>
    operation(
      { ...input, ...position },
      options,
      check as Parameters<Operation>[2],
    ) as Promise<Page>

  const startAt = (): PagePosition => {
    const given = { ...input } as Partial<PagePosition>
    const { page = 1, page_size, [endParameter]: end = new Date(runtime.now()) } = given
    return {
      page,
      ...(page_size !== undefined && { page_size }),
      ...(endParameter in descriptor.parameters && { [endParameter]: end }),
    }
  }

  let first: Promise<Page> | undefined
  const firstPage = (): Promise<Page> => (first ??= operation(input, options) as Promise<Page>)

  const list: PaginatedList<Page, Item> = {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting a list is its documented use
    then: (onPage, onError) => firstPage().then(onPage, onError),
    catch: (onError) => firstPage().catch(onError),
    finally: (onEnd) => firstPage().finally(onEnd),
    pages(pageOptions = {}) {
      checkOptions(pageOptions, { maxPages: positiveInteger })
      return paginate(fetchPage, startAt, pageOptions.maxPages)
    },
    async *[Symbol.asyncIterator]() {
      for await (const { results } of list.pages()) yield* results as readonly Item[]
    },
    async toArray(arrayOptions) {
      checkOptions(arrayOptions, { limit: positiveInteger })
      const { limit } = arrayOptions
      if (limit === undefined) throwInvalidOption('limit', positiveInteger.expected)
      const items: Item[] = []
      for await (const item of list) if (items.push(item) === limit) break
      return items
    },
  }
  return list
}
