import { expectThat } from '../../check.ts'
import { expectConform } from '../../conform.ts'
import { firstDifference } from '../../first-difference.ts'
import { expectSame, idsOf, type Page, type PagedList } from './paged-list.ts'
import type { Rule } from './rule.ts'

/** Where a link leads: its page, and what else it carries, in any order. */
function readLink(list: PagedList, link: string, what: string): { page: number; rest: string } {
  const { target, operation } = list
  expectThat(URL.canParse(link), `${what} is no absolute address`)
  const url = new URL(link)
  const own = new URL(target.url)
  expectThat(url.pathname === operation.path, `${what} leads to ${url.pathname}`)
  // The service names its own public host; a stand-in names where it was asked.
  expectThat(
    target.isPolite || url.origin === own.origin,
    `${what} leads to ${url.origin}, asked was ${own.origin}`,
  )
  const page = Number(url.searchParams.get('page') ?? 1)
  url.searchParams.delete('page')
  return {
    page,
    rest: [...url.searchParams]
      .map((pair) => pair.join('='))
      .sort()
      .join('&'),
  }
}

function expectLinks(list: PagedList, page: Page, number: number, asked: [string, string][]): void {
  const rest = asked
    .filter(([name]) => name !== 'page')
    .map((pair) => pair.join('='))
    .sort()
    .join('&')
  for (const [name, neighbour] of [
    ['next', number + 1],
    ['previous', number - 1],
  ] as const) {
    const link = page[name]
    if (link === null) continue
    const what = `${name} of page ${number}`
    const to = readLink(list, link, what)
    expectThat(to.page === neighbour, `${what} leads to page ${to.page}`)
    expectThat(to.rest === rest, `${what} carries "${to.rest}" instead of "${rest}"`)
  }
}

/** Rules of any list in numbered pages. */
export const walkRules: Rule[] = [
  {
    id: 'walk',
    title: 'the pages together hold count rows, each once',
    needs: ['stateful', 'known'],
    origin: 'documented',
    async run(list) {
      const pages = await list.pages({ page_size: 20 })
      const ids = idsOf(pages.flatMap(({ results }) => results))
      const { count } = pages[0]!
      expectThat(
        count === list.target.known!.rows,
        `count is ${count}; there are ${list.target.known!.rows}`,
      )
      expectThat(ids.length === count, `${ids.length} rows, count is ${count}`)
      expectThat(
        new Set(ids).size === ids.length,
        `${ids.length - new Set(ids).size} rows come twice`,
      )
      for (const [at, page] of pages.entries()) {
        expectThat(page.count === count, `count is ${page.count} on page ${at + 1}, was ${count}`)
        const isLast = at === pages.length - 1
        const wanted = isLast ? count - 20 * at : 20
        expectThat(
          page.results.length === wanted,
          `page ${at + 1} has ${page.results.length} rows instead of ${wanted}`,
        )
      }
      return `${ids.length} rows on ${pages.length} pages`
    },
  },
  {
    id: 'links',
    title: 'next and previous lead to the neighbours, and carry every filter',
    needs: ['stateful'],
    origin: 'documented',
    async run(list) {
      const change = {
        page_size: 3,
        // A service that others use may refuse a range it finds too long; a stand-in does not.
        ...(list.target.known && {
          timestamp_from: '2025-01-05T00:00:00Z',
          timestamp_to: '2025-01-20T00:00:00+02:00',
          assistant_id: list.target.known.assistants[0],
        }),
      }
      const pages = list.target.isPolite ? [await list.page(change)] : await list.pages(change)
      while (list.target.isPolite && pages.length < 3 && pages.at(-1)!.next !== null)
        pages.push(await list.page({ ...change, page: pages.length + 1 }))
      for (const [at, page] of pages.entries()) {
        expectLinks(list, page, at + 1, list.query(change))
        expectThat(
          (page.previous === null) === (at === 0),
          `previous of page ${at + 1} is ${page.previous === null ? '' : 'not '}null`,
        )
      }
      const ids = idsOf(pages.flatMap(({ results }) => results))
      if (list.target.known)
        expectThat(
          new Set(ids).size === ids.length,
          `${ids.length - new Set(ids).size} rows come twice`,
        )
      return `${pages.length} pages`
    },
  },
  {
    id: 'follow',
    title: 'following next gives the same rows as asking for the number',
    needs: ['stateful', 'known'],
    origin: 'documented',
    async run(list) {
      const { operation, target, contract } = list
      const asked = await list.page({ page_size: 10, page: 2 })
      const { next } = await list.page({ page_size: 10 })
      expectThat(next, 'page 1 has no next')
      const url = new URL(next)
      const answer = await target.send({ ...operation, query: [...url.searchParams] })
      const page = expectConform(contract, target, operation, answer, [200]) as Page
      expectSame(idsOf(page.results), idsOf(asked.results), 'rows behind next')
      const { previous } = page
      expectThat(previous, 'page 2 has no previous')
      const back = await target.send({
        ...operation,
        query: [...new URL(previous).searchParams],
      })
      const first = expectConform(contract, target, operation, back, [200]) as Page
      expectThat(first.previous === null, 'previous of page 2 does not lead to page 1')
    },
  },
  {
    id: 'sequence',
    title: 'the order does not depend on the page size',
    needs: ['stateful', 'known'],
    origin: 'inferred',
    async run(list) {
      const [a, b, c] = [
        await list.ids({ page_size: 7 }),
        await list.ids({ page_size: 20 }),
        await list.ids({ page_size: 50 }),
      ]
      expectSame(a, b, 'rows by 7 and by 20')
      expectSame(c, b, 'rows by 50 and by 20')
    },
  },
  {
    id: 'newest-first',
    title: 'the newest call comes first',
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
    title: 'no page is page 1',
    needs: ['stateful', 'known'],
    origin: 'documented',
    async run(list) {
      const [plain, first] = [await list.page(), await list.page({ page: 1 })]
      expectSame(idsOf(plain.results), idsOf(first.results), 'rows without page')
    },
  },
  {
    id: 'past-end',
    title: 'a page that is not there is not found',
    needs: ['stateful'],
    origin: 'inferred',
    async run({ contract, operation, target, query }) {
      const pages = target.known
        ? [Math.ceil(target.known.rows / 20) + 1, 999, 1_000_000, 0, -1]
        : [1_000_000_000]
      for (const page of pages) {
        const answer = await target.send({ ...operation, query: query({ page, page_size: 20 }) })
        expectConform(contract, target, operation, answer, [404])
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
        expectThat(count === ids.length, `count is ${count} with pages of one row`)
        expectThat((next === null) === (page === ids.length), `next of page ${page} of one row`)
      }
    },
  },
  {
    id: 'size-most',
    title: 'a page is never larger than asked, nor than the largest',
    needs: ['stateful'],
    origin: 'inferred',
    async run(list) {
      const { maxPageSize, pageSize, rows } = list.target.known ?? {}
      if (maxPageSize === undefined || rows === undefined) {
        for (const size of [2, 5]) {
          const { results } = await list.page({ page_size: size })
          expectThat(results.length <= size, `${results.length} rows, asked were ${size}`)
        }
        return
      }
      for (const size of [2, 20, maxPageSize, maxPageSize + 1, 1000]) {
        const { results } = await list.page({ page_size: size })
        const wanted = Math.min(size, maxPageSize, rows)
        expectThat(
          results.length === wanted,
          `page_size=${size} has ${results.length} rows instead of ${wanted}`,
        )
      }
      const { results } = await list.page()
      expectThat(
        results.length === pageSize,
        `${results.length} rows without page_size instead of ${pageSize}`,
      )
      for (const size of ['0', '-1', 'abc']) {
        const { results } = await list.page({ page_size: size })
        expectThat(
          results.length === pageSize,
          `page_size=${size} has ${results.length} rows instead of ${pageSize}`,
        )
      }
    },
  },
  {
    id: 'repeat',
    title: 'the same question has the same answer, to the byte',
    needs: ['stateful', 'known'],
    origin: 'inferred',
    async run({ target, operation, query }) {
      for (const change of [{}, { page: 2, page_size: 5 }, { page_size: 50 }]) {
        const [one, other] = [
          await target.send({ ...operation, query: query(change) }),
          await target.send({ ...operation, query: query(change) }),
        ]
        const at = firstDifference(JSON.parse(one.text), JSON.parse(other.text))
        expectThat(
          one.text === other.text,
          `${one.asked}: asked twice, the answers differ first at ${at}`,
        )
      }
    },
  },
]
