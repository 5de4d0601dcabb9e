import type { Json } from './bundle-spec.ts'
import type { Operation } from './operations.ts'

/** What is wrong with one link of a page, and its page number. */
function checkLink(operation: Operation, name: string, link: string) {
  if (!URL.canParse(link)) return { problems: [`${name} is "${link}": expected an absolute URL`] }
  const url = new URL(link)
  const known = new Set(operation.parameters.map((parameter) => parameter.name))
  const problems = [
    ...(url.pathname === operation.path
      ? []
      : [`${name} has the path ${url.pathname}: expected ${operation.path}`]),
    ...[...url.searchParams.keys()]
      .filter((key) => !known.has(key))
      .map((key) => `${name} has the parameter "${key}", which the operation does not have`),
    ...operation.parameters
      .filter((p) => p.in === 'query' && p.required && !url.searchParams.has(p.name))
      .map((p) => `${name} lacks the required parameter "${p.name}"`),
  ]
  return { problems, page: Number(url.searchParams.get('page') ?? 1) }
}

/**
 * Checks that an example page agrees with itself: its count with its results, its links with the
 * operation and with each other.
 *
 * @returns every problem, empty for a good page and for anything that is not a page
 */
export function checkPageExample(operation: Operation, body: Json): string[] {
  if (!operation.pageItem) return []
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return []
  const { count, next, previous, results } = body
  if (!Array.isArray(results)) return []
  const problems: string[] = []
  if (typeof count === 'number') {
    if (results.length > count)
      problems.push(`count ${count} is less than its ${results.length} results`)
    else if (!next && !previous && results.length !== count)
      problems.push(`count ${count} does not match the ${results.length} results of the only page`)
  }
  const links = Object.entries({ next, previous }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const pages = new Map<string, number>()
  for (const [name, link] of links) {
    const checked = checkLink(operation, name, link)
    problems.push(...checked.problems)
    if (checked.page !== undefined) pages.set(name, checked.page)
  }
  const [nextPage, previousPage] = [pages.get('next'), pages.get('previous')]
  if (nextPage !== undefined && previousPage !== undefined && nextPage !== previousPage + 2)
    problems.push(`next is page ${nextPage} and previous page ${previousPage}: expected a gap of 2`)
  if (nextPage !== undefined && !previous && nextPage !== 2)
    problems.push(`next is page ${nextPage} on a page without previous: expected page 2`)
  return problems
}
