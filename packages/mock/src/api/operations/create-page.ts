import { throwInvalidPage, type Paging } from '../read-query.ts'
import { requiredOf, successSchema } from '../sample-value.ts'
import type { OperationContext } from './handler.ts'

interface Page<Row> {
  count?: number
  next: string | null
  previous: string | null
  results: readonly Row[]
}

/**
 * One page of a paginated operation.
 *
 * @param results the rows of this page, out of `count`
 * @throws {ErrorReply} for a page past the end, if the API is assumed to reject it
 */
export function createPage<Row extends object>(
  { request, settings, fault, publicUrl }: OperationContext,
  { page: number, size }: Paging,
  { count, results }: { count: number; results: readonly Row[] },
): Page<Row> {
  const { operation, document, pathname, query } = request
  const { assumptions } = settings
  if (number > 1 && results.length === 0 && assumptions.pagePastTheEnd === 404) throwInvalidPage()
  const link = (to: number): string => {
    const target = new URLSearchParams(query)
    if (to === 1) target.delete('page')
    else target.set('page', String(to))
    return `${publicUrl}${pathname}?${target}`
  }
  // A document that requires it overrules the assumption.
  const hasCount =
    assumptions.count === 'present' ||
    requiredOf(successSchema(document, operation)).includes('count')
  return {
    ...(hasCount && { count: fault?.count ?? count }),
    next: number * size < count ? link(number + 1) : null,
    previous: number > 1 ? link(number - 1) : null,
    results,
  }
}
