import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import type { Page, PagedList, Rule } from './paged-list.ts'

/** The rest of a query without its page number, in any order. */
function withoutPage(pairs: [string, string][]): string {
  const query = new URLSearchParams(pairs)
  query.delete('page')
  query.sort()
  return String(query)
}

/** Expects next and previous, where they are not null, to lead to the adjacent pages. */
export function expectLinks(
  { target, operation }: PagedList,
  { next, previous }: Page,
  number: number,
  query: [string, string][],
): void {
  for (const [name, link, expected] of [
    ['next', next, number + 1],
    ['previous', previous, number - 1],
  ] as const) {
    if (link === null) continue
    const what = `${name} of page ${number}`
    expectThat(URL.canParse(link), `${what} is not an absolute URL`)
    const { pathname, origin, searchParams } = new URL(link)
    // A service links to its public host; a mock links to the host of the request.
    const isOwn = target.isShared || origin === new URL(target.url).origin
    expectThat(isOwn && pathname === operation.path, `${what} leads to ${origin}${pathname}`)
    const page = Number(searchParams.get('page') ?? 1)
    expectThat(page === expected, `${what} leads to page ${page}, expected ${expected}`)
    expectThat(
      withoutPage([...searchParams]) === withoutPage(query),
      `${what} does not carry the other parameters of the request`,
    )
  }
}

/** Rules of any list of numbered pages, for data that is not known. */
export const paginationRules: Rule[] = [
  {
    id: 'links',
    title: 'next and previous lead to the adjacent pages and carry the other parameters',
    needs: ['stateful'],
    origin: 'documented',
    async run(list) {
      const pages = await list.pages({ page_size: 3 }, 3)
      for (const [at, page] of pages.entries()) {
        expectLinks(list, page, at + 1, list.query({ page_size: 3 }))
        expectThat(
          (page.previous === null) === (at === 0),
          `previous of page ${at + 1} is ${page.previous === null ? '' : 'not '}null`,
        )
      }
      return `${pages.length} pages`
    },
  },
  {
    id: 'past-end',
    title: 'returns 404 for a page that does not exist',
    needs: ['stateful'],
    origin: 'inferred',
    async run(list) {
      const { contract, operation, target } = list
      for (const page of target.known ? [999, 1_000_000_000, 0, -1] : [1_000_000_000]) {
        const response = await list.send({ page, page_size: 20 })
        expectConforming(contract, target, operation, response, [404])
      }
    },
  },
  {
    id: 'page-size',
    title: 'a page has at most page_size rows',
    needs: ['stateful'],
    origin: 'inferred',
    async run(list) {
      for (const size of [2, 5]) {
        const { results } = await list.page({ page_size: size })
        expectThat(results.length <= size, `page_size=${size} returns ${results.length} rows`)
      }
    },
  },
]
