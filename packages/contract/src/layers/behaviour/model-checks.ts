import * as fc from 'fast-check'
import { BrokenRule, expectThat } from '../../check.ts'
import { expectSame, idsOf, type Change, type Row } from './paged-list.ts'
import type { Rule } from './rule.ts'

const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))

interface Question {
  page: number
  size: number
  from: number | undefined
  to: number | undefined
  ids: readonly number[] | undefined
  assistant: string | undefined
}

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })

/** What a list should answer: filter, slice. The rows are in order already. */
function model(
  rows: readonly Row[],
  assistants: ReadonlyMap<string, ReadonlySet<number>>,
  { page, size, from, to, ids, assistant }: Question,
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

/** Any question at all, against a model of five lines. */
export const modelRules: Rule[] = [
  {
    id: 'model',
    title: 'any page of any filters is what filtering and slicing give',
    needs: ['stateful', 'known', 'expendable'],
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
      const question: fc.Arbitrary<Question> = fc.record({
        page: fc.integer({ min: 1, max: 6 }),
        size: fc.integer({ min: 1, max: known!.maxPageSize + 10 }),
        from: maybe(time),
        to: maybe(time),
        ids: maybe(fc.uniqueArray(fc.constantFrom(...idsOf(rows)), { minLength: 1, maxLength: 9 })),
        assistant: maybe(fc.constantFrom(...known!.assistants)),
      })
      const property = fc.asyncProperty(question, async (asked) => {
        const { page, size, from, to, ids, assistant } = asked
        const most = Math.min(size, known!.maxPageSize)
        const wanted = model(rows, assistants, { ...asked, size: most })
        const change: Change = {
          page,
          page_size: size,
          timestamp_from: from === undefined ? undefined : new Date(from).toISOString(),
          timestamp_to: to === undefined ? undefined : new Date(to).toISOString(),
          call_ids: ids?.join(','),
          assistant_id: assistant,
        }
        if (wanted === undefined) {
          const status = await list.status(change)
          expectThat(status === 404, `a page past the end is answered with ${status}`)
          return
        }
        const found = await list.page(change)
        expectThat(
          found.count === wanted.count,
          `count is ${found.count} instead of ${wanted.count}`,
        )
        expectSame(idsOf(found.results), wanted.ids, 'rows')
        expectThat((found.next === null) === page * most >= wanted.count, 'next is wrong')
      })
      // The same questions every time: a suite that fails now and then tells nobody anything.
      const { failed, counterexample, errorInstance, numRuns } = await fc.check(property, {
        numRuns: 60,
        seed: 20_250_101,
      })
      if (failed)
        throw new BrokenRule(
          `${(errorInstance as Error | null)?.message ?? 'a question fails'}; asked: ${JSON.stringify(counterexample?.[0])}`,
        )
      return `${numRuns} questions`
    },
  },
]
