import * as fc from 'fast-check'
import { ExpectationError, expectThat } from '../../suite/errors.ts'
import type { KnownData } from '../../target/target.ts'
import { expectSame, idsOf, type PagedList, type Query, type Row, type Rule } from './paged-list.ts'
import { expectLinks } from './pagination.ts'

const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))

/** A request for a page of one agent; what is undefined is not sent. */
interface ListRequest {
  page?: number | undefined
  size?: number | string | undefined
  from?: number | undefined
  to?: number | undefined
  /** UTC offset of the timestamps, in minutes. */
  offset: number
  ids?: readonly number[] | undefined
  assistant?: string | undefined
  unknown?: number | undefined
}

interface World {
  known: KnownData
  /** All calls of the agent, in order. */
  rows: readonly Row[]
  /** Ids of the calls of each assistant. */
  assistants: ReadonlyMap<string, ReadonlySet<number>>
}

function toText(time: number | undefined, offset: number): string | undefined {
  if (time === undefined) return undefined
  const local = new Date(time + offset * 60_000).toISOString().replace(/(\.000)?Z$/, '')
  const [hours, minutes] = [Math.abs(offset) / 60, Math.abs(offset) % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  )
  return offset === 0 ? `${local}Z` : `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`
}

const toQuery = (request: ListRequest): Query => ({
  page: request.page,
  page_size: request.size,
  timestamp_from: toText(request.from, request.offset),
  timestamp_to: toText(request.to, request.offset),
  call_ids: request.ids?.join(','),
  assistant_id: request.assistant,
  pagesize: request.unknown,
})

/** Filter and slice; undefined for a page that does not exist. */
function expectedPage({ rows, assistants, known }: World, request: ListRequest) {
  const { page = 1, size, from = -Infinity, to = Infinity, ids, assistant } = request
  const matching = rows.filter(
    (row) =>
      timeOf(row) >= from &&
      timeOf(row) <= to &&
      (ids === undefined || ids.includes(row.id)) &&
      (assistant === undefined || assistants.get(assistant)?.has(row.id) === true),
  )
  const pageSize = Number(size) > 0 ? Math.min(Number(size), known.maxPageSize) : known.pageSize
  const slice = matching.slice((page - 1) * pageSize, page * pageSize)
  if (page > 1 && slice.length === 0) return undefined
  return {
    count: matching.length,
    ids: idsOf(slice),
    hasNext: page * pageSize < matching.length,
    hasPrevious: page > 1,
  }
}

async function expectModel(list: PagedList, world: World, request: ListRequest): Promise<void> {
  const query = toQuery(request)
  const expected = expectedPage(world, request)
  if (expected === undefined) {
    const status = await list.status(query)
    return expectThat(status === 404, `status ${status} for a page past the end`)
  }
  const found = await list.page(query)
  expectThat(found.count === expected.count, `expected count ${expected.count}, got ${found.count}`)
  expectSame(idsOf(found.results), expected.ids, 'rows')
  for (const [name, has] of [
    ['next', expected.hasNext],
    ['previous', expected.hasPrevious],
  ] as const)
    expectThat((found[name] !== null) === has, `${name} is ${has ? '' : 'not '}null`)
  expectLinks(list, found, request.page ?? 1, list.query(query))
}

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })

function anyRequest({ rows, known }: World): fc.Arbitrary<ListRequest> {
  const time = fc
    .constantFrom(...rows)
    .chain((row) => fc.constantFrom(-1000, 0, 1000).map((shift) => timeOf(row) + shift))
  return fc.record({
    page: maybe(fc.integer({ min: 1, max: 6 })),
    size: maybe(
      fc.oneof(
        fc.integer({ min: 1, max: known.maxPageSize + 10 }),
        fc.constantFrom(1000, 0, -1, 'abc'),
      ),
    ),
    from: maybe(time),
    to: maybe(time),
    offset: fc.constantFrom(0, 90, -300),
    // One of the ids is unknown.
    ids: maybe(
      fc.uniqueArray(fc.constantFrom(...idsOf(rows), 999_999_999_999), {
        minLength: 1,
        maxLength: 9,
      }),
    ),
    assistant: maybe(fc.constantFrom(...known.assistants, 'unknown')),
    unknown: maybe(fc.constant(5)),
  })
}

/** Any request for a page, compared with a model of the list. */
export const modelRules: Rule[] = [
  {
    id: 'model',
    title: 'any page of any filters equals the model of the list',
    needs: ['stateful', 'known'],
    origin: 'inferred',
    async run(list) {
      const known = list.target.known!
      const rows = await list.rows()
      expectThat(rows.length === known.rows, `expected ${known.rows} rows, got ${rows.length}`)
      const assistants = new Map<string, Set<number>>()
      for (const assistant of known.assistants)
        assistants.set(assistant, new Set(await list.ids({ assistant_id: assistant })))
      const world: World = { known, rows, assistants }
      // Random filters rarely leave enough rows for a full page.
      await expectModel(list, world, { offset: 0, size: known.maxPageSize })
      const property = fc.asyncProperty(anyRequest(world), (one) => expectModel(list, world, one))
      // A fixed seed: every run sends the same requests.
      const { failed, counterexample, errorInstance, numRuns } = await fc.check(property, {
        numRuns: 200,
        seed: 20_250_101,
      })
      const { message = 'a request fails' } = (errorInstance ?? {}) as { message?: string }
      if (failed)
        throw new ExpectationError(`${message}; request: ${JSON.stringify(counterexample?.[0])}`)
      return `${numRuns} requests`
    },
  },
]
