import type { OperationDescriptor } from '@cekura-kit/types'
import type { Operation } from '../create-operation.ts'
import { throwInvalidOption } from '../errors/usage-error.ts'
import { toDateTime } from '../input/timestamp.ts'
import type { Runtime } from '../runtime.ts'
import { checkOptions, integerRule, listRules } from '../settings/check-options.ts'
import type { ListOptions } from '../settings/client-options.ts'
import {
  paginate,
  type FetchPage,
  type PageLike,
  type PageList,
  type PaginateOptions,
} from './paginate.ts'
import { parseResumeToken, type ResumePosition } from './resume-token.ts'

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

/** A list that a time range can end at the start of the iteration. */
const endParameter = 'timestamp_to'

/** The list that a paginated operation returns. Nothing is requested before it is used. */
export function createPaginatedList<Page extends PageLike, Item>(
  operation: Operation,
  runtime: Runtime,
  descriptor: OperationDescriptor,
  input: Readonly<Record<string, unknown>> | undefined,
  options: ListOptions = {},
): PaginatedList<Page, Item> {
  const fetchPage: FetchPage<Page> = (position, signal, check) =>
    operation(
      { ...input, ...position },
      { ...options, signal },
      check as Parameters<Operation>[2],
    ) as Promise<Page>

  const resumed = (): Partial<ResumePosition> => {
    checkOptions(options, listRules)
    return options.resume === undefined ? {} : parseResumeToken(options.resume)
  }

  /** Where an iteration starts. New items must not shift its pages, so it has an end. */
  const startAt = (): ResumePosition => {
    const resumePosition = resumed()
    const given = { ...input } as Partial<ResumePosition>
    const { page = 1, page_size, [endParameter]: end = new Date(runtime.now()) } = given
    const hasEnd = endParameter in descriptor.parameters
    return {
      page,
      ...(page_size !== undefined && { page_size }),
      // As text, because it becomes a part of the resume token; what is not a time is rejected later.
      ...(hasEnd && { [endParameter]: toDateTime(end) ?? (end as string) }),
      ...resumePosition,
    }
  }

  const readFirst = async (): Promise<Page> =>
    (await operation({ ...input, ...resumed() }, options)) as Page
  let first: Promise<Page> | undefined
  const firstPage = (): Promise<Page> => (first ??= readFirst())

  const list: PaginatedList<Page, Item> = {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting a list is its documented use
    then: (onPage, onError) => firstPage().then(onPage, onError),
    catch: (onError) => firstPage().catch(onError),
    finally: (onEnd) => firstPage().finally(onEnd),
    pages: (pageOptions) => paginate(fetchPage, startAt, () => options.signal, pageOptions),
    async *[Symbol.asyncIterator]() {
      for await (const { results } of list.pages()) yield* results as readonly Item[]
    },
    async toArray(arrayOptions) {
      const rule = integerRule(1)
      checkOptions(arrayOptions, { limit: rule })
      const { limit } = arrayOptions
      if (limit === undefined) throwInvalidOption('limit', rule.expected)
      const items: Item[] = []
      for await (const item of list) if (items.push(item) === limit) break
      return items
    },
  }
  return list
}
