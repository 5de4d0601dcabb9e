import type { Operation } from '@cekura-kit/spec'
import { successStatuses, type ContractDocument } from '../../document/contract-document.ts'
import { createRequest } from '../../document/sample-request.ts'
import type { Check } from '../../suite/check.ts'
import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import type { TestRequest, TestResponse } from '../../target/request.ts'
import type { Target } from '../../target/target.ts'

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

export type Query = { [name: string]: string | number | undefined }

/** Whether an operation is a list of pages with a page size, in the convention of the document. */
export const isPagedList = ({ pageItem, parameters }: Operation): boolean =>
  pageItem !== undefined && parameters.some(({ name }) => name === 'page_size')

export interface PagedList {
  contract: ContractDocument
  operation: Operation
  target: Target
  /** Query of a request: the required parameters and some others. */
  query(query: Query): [string, string][]
  send(query?: Query, change?: Partial<TestRequest>): Promise<TestResponse>
  status(query: Query): Promise<number>
  page(query?: Query): Promise<Page>
  /** Every page, or the first ones, requested by their numbers. */
  pages(query: Query, limit?: number): Promise<Page[]>
  rows(query?: Query): Promise<Row[]>
  ids(query?: Query): Promise<number[]>
}

/** Reads a list of a target; every page must match the document. */
export function createPagedList(
  contract: ContractDocument,
  operation: Operation,
  target: Target,
): PagedList {
  // The agent is sent although it may be optional: what is known is known of this agent.
  const agent = operation.parameters.some(({ name }) => name === 'agent_id')
    ? { agent_id: target.agentId }
    : {}
  const request = (query: Query) =>
    createRequest(contract, operation, target, { query: { ...agent, ...query } })
  const send: PagedList['send'] = (query = {}, change = {}) =>
    target.send({ ...request(query), ...change })
  const successes = successStatuses(operation)

  async function page(query: Query = {}): Promise<Page> {
    const response = await send(query)
    return expectConforming(contract, target, operation, response, successes) as Page
  }

  async function pages(query: Query, limit = Infinity): Promise<Page[]> {
    const found = [await page({ ...query, page: 1 })]
    // A list that never ends is detected instead of read forever.
    const maxPages = (target.known?.rows ?? 1000) + 1
    while (found.at(-1)!.next !== null && found.length < limit) {
      expectThat(found.length <= maxPages, `page ${found.length} still has a next page`)
      found.push(await page({ ...query, page: found.length + 1 }))
    }
    return found
  }
  const rows = async (query: Query = {}): Promise<Row[]> =>
    (await pages({ page_size: target.known?.maxPageSize, ...query })).flatMap(
      ({ results }) => results,
    )

  return {
    contract,
    operation,
    target,
    query: (query) => request(query).query,
    send,
    status: async (query) => (await send(query)).status,
    page,
    pages,
    rows,
    ids: async (query) => idsOf(await rows(query)),
  }
}

export const idsOf = (rows: readonly Row[]): number[] => rows.map(({ id }) => id)

/** @throws {ExpectationError} unless the lists are the same, in the same order */
export function expectSame(
  found: readonly number[],
  expected: readonly number[],
  what: string,
): void {
  expectThat(
    found.length === expected.length,
    `${what}: expected ${expected.length} rows, got ${found.length}`,
  )
  const at = found.findIndex((id, index) => id !== expected[index])
  expectThat(at === -1, `${what}: expected ${expected[at]} in row ${at}, got ${found[at]}`)
}

/** A rule of a list: a check that gets the list. */
export interface Rule extends Pick<Check, 'id' | 'title' | 'needs' | 'origin'> {
  run(list: PagedList): Promise<string | void>
}
