import { expectThat } from '../../suite/errors.ts'
import type { Row } from './paged-list.ts'
import type { Rule } from './rule.ts'

const needs = ['stateful', 'known'] as const
const timeOf = (row: Row, name: string): number => Date.parse(String(row[name]))

/** How two fields of one call contradict each other; a field that is missing contradicts nothing. */
function contradiction(row: Row): string | undefined {
  const { success, status, is_reviewed: isReviewed } = row
  const outcome = String(status).replace('reviewed_', '')
  if (typeof success === 'boolean' && success !== (outcome === 'success'))
    return `success is ${success} and status is ${String(status)}`
  if (isReviewed !== undefined && isReviewed !== String(status).startsWith('reviewed_'))
    return `is_reviewed is ${String(isReviewed)} and status is ${String(status)}`
  if (timeOf(row, 'created_at') < timeOf(row, 'timestamp')) return 'created_at is before timestamp'
  if (timeOf(row, 'updated_at') < timeOf(row, 'created_at'))
    return 'updated_at is before created_at'
  return undefined
}

/** Rules of the rows of a list of call logs. */
export const rowRules: Rule[] = [
  {
    id: 'rows',
    title: 'the fields of a call agree with each other',
    needs: ['stateful'],
    origin: 'inferred',
    async run(list) {
      const rows = list.target.isShared ? (await list.page()).results : await list.rows()
      for (const [at, row] of rows.entries()) {
        const found = contradiction(row)
        expectThat(found === undefined, `row ${at}: ${found}`)
      }
      return `${rows.length} rows`
    },
  },
  {
    id: 'complete',
    title: 'every call has every documented field',
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      const names = new Set(rows.flatMap(Object.keys))
      for (const [at, row] of rows.entries())
        for (const name of names) expectThat(name in row, `row ${at} has no ${name}`)
      return `${names.size} fields`
    },
  },
  {
    id: 'variety',
    title: 'the calls have every status, with and without an evaluation',
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      for (const expected of ['success', 'failure', 'reviewed_success', 'reviewed_failure'])
        expectThat(
          rows.some(({ status }) => status === expected),
          `no call has the status ${expected}`,
        )
      expectThat(
        rows.some(({ success }) => success === null),
        'every call is evaluated',
      )
      expectThat(
        rows.some(({ success }) => success !== null),
        'no call is evaluated',
      )
    },
  },
]
