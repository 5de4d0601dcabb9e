import * as fc from 'fast-check'
import { ExpectationError, expectThat } from '../../suite/errors.ts'
import { expectSame, idsOf, type Query, type Row } from './paged-list.ts'
import type { Rule } from './rule.ts'

const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))

interface ListRequest {
  page: number
  size: number
  from: number | undefined
  to: number | undefined
  ids: readonly number[] | undefined
  assistant: string | undefined
}

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })

/** The expected page: filter, slice. The rows are sorted. */
function model(
  rows: readonly Row[],
  assistants: ReadonlyMap<string, ReadonlySet<number>>,
  { page, size, from, to, ids, assistant }: ListRequest,
): { count: number; ids: number[] } | undefined {
  const matching = rows.filter(
    (row) =>
      (from === undefined || timeOf(row) >= from) &&
      (to === undefined || timeOf(row) <= to) &&
      (ids === undefined || ids.includes(row.id)) &&
      (assistant === undefined || assistants.get(assistant)!.has(row.id)),
  )
  const slice = matching.slice((page - 1) * size, page * size)
  return page > 1 && slice.length === 0 ? undefined : { count: matching.length, ids: idsOf(slice) }
}

/** Random requests, compared with a model of the list. */
export const modelRules: Rule[] = [
  {
    id: 'model',
    title: 'any page of any filters equals the model',
    needs: ['stateful', 'known'],
    origin: 'inferred',
    async run(list) {
      const { known } = list.target
      const rows = await list.rows()
      const assistants = new Map<string, Set<number>>()
      for (const assistant of known!.assistants)
        assistants.set(assistant, new Set(await list.ids({ assistant_id: assistant })))
      const time = fc
        .constantFrom(...rows)
        .chain((row) => fc.constantFrom(-1000, 0, 1000).map((shift) => timeOf(row) + shift))
      const request: fc.Arbitrary<ListRequest> = fc.record({
        page: fc.integer({ min: 1, max: 6 }),
        size: fc.integer({ min: 1, max: known!.maxPageSize + 10 }),
        from: maybe(time),
        to: maybe(time),
        ids: maybe(fc.uniqueArray(fc.constantFrom(...idsOf(rows)), { minLength: 1, maxLength: 9 })),
        assistant: maybe(fc.constantFrom(...known!.assistants)),
      })
      const property = fc.asyncProperty(request, async (input) => {
        const { page, size, from, to, ids, assistant } = input
        const pageSize = Math.min(size, known!.maxPageSize)
        const expected = model(rows, assistants, { ...input, size: pageSize })
        const query: Query = {
          page,
          page_size: size,
          timestamp_from: from === undefined ? undefined : new Date(from).toISOString(),
          timestamp_to: to === undefined ? undefined : new Date(to).toISOString(),
          call_ids: ids?.join(','),
          assistant_id: assistant,
        }
        if (expected === undefined) {
          const status = await list.status(query)
          expectThat(status === 404, `status ${status} for a page past the end`)
          return
        }
        const found = await list.page(query)
        expectThat(
          found.count === expected.count,
          `expected count ${expected.count}, got ${found.count}`,
        )
        expectSame(idsOf(found.results), expected.ids, 'rows')
        expectThat((found.next === null) === page * pageSize >= expected.count, 'next is wrong')
      })
      // A fixed seed: every run sends the same requests.
      const { failed, counterexample, errorInstance, numRuns } = await fc.check(property, {
        numRuns: 60,
        seed: 20_250_101,
      })
      if (failed)
        throw new ExpectationError(
          `${(errorInstance as Error | null)?.message ?? 'a request fails'}; request: ${JSON.stringify(counterexample?.[0])}`,
        )
      return `${numRuns} requests`
    },
  },
]
