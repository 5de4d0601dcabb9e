import { resolveRef, type Operation } from '@cekura-kit/spec'
import { expectThat } from '../../check.ts'
import { expectConform, requiredQuery, withQuery } from '../../conform.ts'
import { successOf, type ContractDocument, type Node } from '../../contract-document.ts'
import type { Target } from '../../target.ts'

export interface Row {
  id: number
  [property: string]: unknown
}

export interface Page {
  count: number
  next: string | null
  previous: string | null
  results: Row[]
}

export type Change = { [name: string]: string | number | undefined }

/** Whether an operation is a list in numbered pages, as Django REST framework makes them. */
export function isPagedList({ document }: ContractDocument, operation: Operation): boolean {
  const names = new Set(operation.parameters.map(({ name }) => name))
  const schema = successOf(operation)?.content['application/json']
  const { properties } = resolveRef(document, schema) as { properties?: Node }
  return (
    ['page', 'page_size'].every((name) => names.has(name)) &&
    ['count', 'next', 'previous', 'results'].every((name) => name in (properties ?? {}))
  )
}

export interface PagedList {
  contract: ContractDocument
  operation: Operation
  target: Target
  /** The wire query of a change to what is required. */
  query(change: Change): [string, string][]
  page(change?: Change): Promise<Page>
  status(change: Change): Promise<number>
  /** Every page, in order, by asking for each number. */
  pages(change: Change): Promise<Page[]>
  rows(change?: Change): Promise<Row[]>
  ids(change?: Change): Promise<number[]>
}

/** Reads a paged list of a target; every answer is held to the document. */
export function createPagedList(
  contract: ContractDocument,
  operation: Operation,
  target: Target,
): PagedList {
  const query = (change: Change): [string, string][] =>
    withQuery(requiredQuery(operation, target), change)
  const success = Number(successOf(operation)?.status)

  async function page(change: Change = {}): Promise<Page> {
    const answer = await target.send({ ...operation, query: query(change) })
    return expectConform(contract, target, operation, answer, [success]) as Page
  }

  async function pages(change: Change): Promise<Page[]> {
    const found = [await page({ ...change, page: 1 })]
    // One more than there can be: a list that never ends is found out instead of followed.
    const most = found[0]!.count + 1
    while (found.at(-1)!.next !== null) {
      expectThat(found.length <= most, `the walk has ${found.length} pages and still a next one`)
      found.push(await page({ ...change, page: found.length + 1 }))
    }
    return found
  }
  const rows = async (change: Change = {}): Promise<Row[]> =>
    (await pages({ page_size: target.known?.maxPageSize, ...change })).flatMap(
      ({ results }) => results,
    )

  return {
    contract,
    operation,
    target,
    query,
    page,
    pages,
    rows,
    async status(change) {
      const { status } = await target.send({ ...operation, query: query(change) })
      return status
    },
    ids: async (change) => (await rows(change)).map(({ id }) => id),
  }
}

export const idsOf = (rows: readonly Row[]): number[] => rows.map(({ id }) => id)

/** @throws {BrokenRule} when the lists are not the same, in the same order */
export function expectSame(
  found: readonly number[],
  wanted: readonly number[],
  what: string,
): void {
  expectThat(found.length === wanted.length, `${what}: ${found.length} instead of ${wanted.length}`)
  const at = found.findIndex((id, index) => id !== wanted[index])
  expectThat(at === -1, `${what}: row ${at} is ${found[at]} instead of ${wanted[at]}`)
}
