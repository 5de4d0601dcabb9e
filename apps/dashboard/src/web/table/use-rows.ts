import { useQueries } from '@tanstack/react-query'
import type { CallRow } from '../../shared/call-row.ts'
import { writeList } from '../../shared/choice.ts'
import type { FilterQuery } from '../../shared/dashboard-api.ts'
import { api } from '../api.ts'
import type { TableColumn } from './columns.tsx'

const blockRows = 200

interface RowsOptions {
  filter: FilterQuery
  sort: string
  total: number
  columns: readonly TableColumn[]
  /** The rows in sight. */
  seen: { startIndex: number; endIndex: number }
}

/** The rows around those in sight, by position; undefined until a row is loaded. */
export function useRows({ filter, sort, total, columns, seen }: RowsOptions) {
  const first = Math.floor(Math.max(0, seen.startIndex - blockRows / 2) / blockRows)
  const last = Math.floor(Math.min(total - 1, seen.endIndex + blockRows / 2) / blockRows)
  const metrics = columns.flatMap(({ metric }) => metric ?? [])
  const scores = metrics.length > 0 ? { scores: writeList(metrics.map(String)) } : {}
  const responses = useQueries({
    queries: Array.from({ length: last - first + 1 }, (_, index) => {
      const page = { offset: (first + index) * blockRows, limit: blockRows }
      const query = { ...filter, sort, ...page, ...scores }
      return api.queryOptions('get', '/api/rows', { params: { query } })
    }),
  })
  return (index: number): CallRow | undefined =>
    responses[Math.floor(index / blockRows) - first]?.data?.rows[index % blockRows]
}
