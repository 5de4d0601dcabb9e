import { expectThat } from '../../suite/errors.ts'
import type { Row, Rule } from './paged-list.ts'

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
]
