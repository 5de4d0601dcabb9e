import { expectThat } from '../../suite/errors.ts'
import { firstDifference } from '../../suite/first-difference.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import { expectSame, idsOf, type Page, type PagedList } from './paged-list.ts'
import type { Rule } from './rule.ts'

/** The rest of a query without its page number, in any order. */
const withoutPage = (pairs: Iterable<readonly [string, string]>): string =>
  [...pairs]
    .filter(([name]) => name !== 'page')
    .map((pair) => pair.join('='))
    .sort()
    .join('&')

function expectLink(
  { target, operation }: PagedList,
  link: string,
  expected: { name: string; page: number; rest: string },
): void {
  const { name } = expected
  expectThat(URL.canParse(link), `${name} is not an absolute URL`)
  const { pathname, origin, searchParams } = new URL(link)
  expectThat(pathname === operation.path, `${name} leads to ${pathname}`)
  // A service links to its public host; a mock links to the host of the request.
  expectThat(target.isShared || origin === new URL(target.url).origin, `${name} leads to ${origin}`)
  const page = Number(searchParams.get('page') ?? 1)
  expectThat(page === expected.page, `${name} leads to page ${page}, expected ${expected.page}`)
  expectThat(
    withoutPage(searchParams) === expected.rest,
    `${name} does not carry the other parameters of the request`,
  )
}

function expectUnique(pages: readonly Page[]): number[] {
  const ids = idsOf(pages.flatMap(({ results }) => results))
  const repeated = ids.length - new Set(ids).size
  expectThat(repeated === 0, `${repeated} rows are on two pages`)
  return ids
}

/** Rules of any list of numbered pages. */
export const paginationRules: Rule[] = [
  {
    id: 'pages',
    title: 'the pages together contain `count` rows, each once',
    needs: ['stateful', 'known'],
    origin: 'documented',
    async run(list) {
      const pages = await list.pages({ page_size: 20 })
      const ids = expectUnique(pages)
      const { count } = pages[0]!
      const { rows } = list.target.known!
      expectThat(count === rows, `expected count ${rows}, got ${count}`)
      expectThat(ids.length === count, `expected ${count} rows, got ${ids.length}`)
      for (const [at, page] of pages.entries()) {
        expectThat(page.count === count, `count changes to ${page.count} on page ${at + 1}`)
        const expected = at === pages.length - 1 ? count - 20 * at : 20
        expectThat(
          page.results.length === expected,
          `page ${at + 1}: expected ${expected} rows, got ${page.results.length}`,
        )
      }
      return `${ids.length} rows on ${pages.length} pages`
    },
  },
  {
    id: 'links',
    title: 'next and previous lead to the adjacent pages and carry every filter',
    needs: ['stateful'],
    origin: 'documented',
    async run(list) {
      const { known, isShared } = list.target
      const query = {
        page_size: 3,
        // A shared service may reject a range that is too long.
        ...(known && {
          timestamp_from: '2025-01-05T00:00:00Z',
          timestamp_to: '2025-01-20T00:00:00+02:00',
          assistant_id: known.assistants[0],
        }),
      }
      const pages = await list.pages(query, isShared ? 3 : undefined)
      const rest = withoutPage(list.query(query))
      for (const [at, { next, previous }] of pages.entries()) {
        const number = at + 1
        if (next !== null)
          expectLink(list, next, { name: `next of page ${number}`, page: number + 1, rest })
        if (previous !== null)
          expectLink(list, previous, { name: `previous of page ${number}`, page: at, rest })
        expectThat(
          (previous === null) === (at === 0),
          `previous of page ${number} is ${previous === null ? '' : 'not '}null`,
        )
      }
      if (known) expectUnique(pages)
      return `${pages.length} pages`
    },
  },
  {
    id: 'follow',
    title: 'following next returns the same rows as requesting the page number',
    needs: ['stateful', 'known'],
    origin: 'documented',
    async run(list) {
      const { operation, target, contract } = list
      const follow = async (link: string): Promise<Page> => {
        const response = await target.send({ ...operation, query: [...new URL(link).searchParams] })
        return expectConforming(contract, target, operation, response, [200]) as Page
      }
      const expected = await list.page({ page_size: 10, page: 2 })
      const { next } = await list.page({ page_size: 10 })
      expectThat(next, 'page 1 has no next')
      const page = await follow(next)
      expectSame(idsOf(page.results), idsOf(expected.results), 'rows of next')
      expectThat(page.previous, 'page 2 has no previous')
      const first = await follow(page.previous)
      expectThat(first.previous === null, 'previous of page 2 does not lead to page 1')
    },
  },
  {
    id: 'sequence',
    title: 'the order does not depend on the page size',
    needs: ['stateful', 'known'],
    origin: 'inferred',
    async run(list) {
      const expected = await list.ids({ page_size: 20 })
      for (const size of [7, 50])
        expectSame(await list.ids({ page_size: size }), expected, `rows with page_size=${size}`)
    },
  },
  {
    id: 'newest-first',
    title: 'the newest call is the first',
    needs: ['stateful', 'known'],
    origin: 'inferred',
    async run(list) {
      const times = (await list.rows()).map(({ timestamp }) => Date.parse(String(timestamp)))
      const at = times.findIndex((time, index) => index > 0 && time > times[index - 1]!)
      expectThat(at === -1, `row ${at} is newer than the one before it`)
    },
  },
  {
    id: 'page-1',
    title: 'omitting page returns page 1',
    needs: ['stateful', 'known'],
    origin: 'documented',
    async run(list) {
      const first = await list.page({ page: 1 })
      expectSame(idsOf((await list.page()).results), idsOf(first.results), 'rows without page')
    },
  },
  {
    id: 'past-end',
    title: 'returns 404 for a page that does not exist',
    needs: ['stateful'],
    origin: 'inferred',
    async run(list) {
      const { contract, operation, target } = list
      const pages = target.known
        ? [Math.ceil(target.known.rows / 20) + 1, 999, 1_000_000, 0, -1]
        : [1_000_000_000]
      for (const page of pages) {
        const response = await list.send({ page, page_size: 20 })
        expectConforming(contract, target, operation, response, [404])
      }
    },
  },
  {
    id: 'size-1',
    title: 'a page of one row has one row',
    needs: ['stateful', 'known'],
    origin: 'documented',
    async run(list) {
      const ids = await list.ids({ page_size: 50 })
      for (const page of [1, 2, ids.length]) {
        const { results, count, next } = await list.page({ page_size: 1, page })
        expectSame(idsOf(results), ids.slice(page - 1, page), `page ${page} of one row`)
        expectThat(count === ids.length, `expected count ${ids.length}, got ${count}`)
        expectThat((next === null) === (page === ids.length), `next of page ${page} of one row`)
      }
    },
  },
  {
    id: 'size-max',
    title: 'a page has at most page_size rows, and at most the maximum',
    needs: ['stateful'],
    origin: 'inferred',
    async run(list) {
      const expectRows = async (size: number | string | undefined, expected: number) => {
        const { results } = await list.page({ page_size: size })
        expectThat(
          results.length === expected,
          `page_size=${size}: expected ${expected} rows, got ${results.length}`,
        )
      }
      const { known } = list.target
      if (known) {
        for (const size of [2, 20, known.maxPageSize, known.maxPageSize + 1, 1000])
          await expectRows(size, Math.min(size, known.maxPageSize, known.rows))
        for (const size of [undefined, '0', '-1', 'abc']) await expectRows(size, known.pageSize)
        return
      }
      for (const size of [2, 5]) {
        const { results } = await list.page({ page_size: size })
        expectThat(results.length <= size, `page_size=${size} returns ${results.length} rows`)
      }
    },
  },
  {
    id: 'repeat',
    title: 'the same request gets the same response, byte for byte',
    needs: ['stateful', 'known'],
    origin: 'inferred',
    async run({ send }) {
      for (const query of [{}, { page: 2, page_size: 5 }, { page_size: 50 }]) {
        const [first, second] = [await send(query), await send(query)]
        const at = firstDifference(JSON.parse(first.text), JSON.parse(second.text))
        expectThat(
          first.text === second.text,
          `two responses to one request differ at ${at}`,
          first.request,
        )
      }
    },
  },
]
