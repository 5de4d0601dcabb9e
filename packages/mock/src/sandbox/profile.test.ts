import { readFile } from 'node:fs/promises'
import { apiKeyHeader, operationDescriptors, type CallLogPage } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { profiles, type Guesses } from './profile.ts'
import { createSandbox } from './sandbox.ts'

const path = operationDescriptors['callLogs.list'].path
type Query = Record<string, string | number>

function start(guesses: Partial<Guesses>) {
  const { app } = createSandbox({ rows: 60, guesses, publicUrl: () => 'http://mock.test' })
  return async (query: Query, key = 'k', at: string = path) => {
    const search = new URLSearchParams({ agent_id: '2142', ...query } as Record<string, string>)
    const response = await app.request(`${at}?${search}`, { headers: { [apiKeyHeader]: key } })
    const page = (response.status === 200 ? await response.json() : undefined) as
      | CallLogPage
      | undefined
    return { status: response.status, page, headers: response.headers }
  }
}
type Ask = ReturnType<typeof start>

const status =
  (query: Query, key?: string, at?: string) =>
  async (ask: Ask): Promise<unknown> =>
    (await ask(query, key, at)).status
const size =
  (query: Query) =>
  async (ask: Ask): Promise<unknown> => {
    const { status: found, page } = await ask(query)
    return page?.results.length ?? found
  }

/** What each guess is about: a look at the sandbox, and what it shows for two of its values. */
const looks: {
  [Name in keyof Guesses]: [look: (ask: Ask) => Promise<unknown>, ...[Guesses[Name], unknown][]]
} = {
  order: [
    async (ask) => {
      const { results } = (await ask({})).page!
      return results[0]!.timestamp > results.at(-1)!.timestamp
    },
    ['newest-first', true],
    ['oldest-first', false],
  ],
  endOfRange: [
    async (ask) => {
      const timestamp_to = (await ask({})).page!.results[5]!.timestamp
      const { results } = (await ask({ timestamp_to })).page!
      return results.some(({ timestamp }) => timestamp === timestamp_to)
    },
    ['included', true],
    ['excluded', false],
  ],
  zonelessTime: [status({ timestamp_from: '2025-01-15T12:00:00' }), ['refused', 400], ['utc', 200]],
  pageSize: [size({}), [20, 20], [7, 7]],
  maxPageSize: [size({ page_size: 60 }), [50, 50], [10, 10]],
  largePageSize: [size({ page_size: 101 }), ['cut', 60], ['refused', 400]],
  badPageSize: [size({ page_size: 'abc' }), ['default', 20], ['refused', 400]],
  badPage: [status({ page: 0 }), [404, 404], [400, 400]],
  pagePastTheEnd: [status({ page: 99 }), [404, 404], ['empty', 200]],
  missingKey: [status({}, ''), [401, 401], [403, 403]],
  unknownAgent: [status({ agent_id: 1 }), ['empty', 200], [403, 403], [404, 404]],
  blankFilter: [status({ assistant_id: '' }), ['refused', 400], ['ignored', 200]],
  unknownParameter: [status({ pagesize: 5 }), ['ignored', 200], ['refused', 400]],
  defaultDays: [async (ask) => (await ask({})).page!.results.length < 20, [null, false], [1, true]],
  maxRangeDays: [
    status({ timestamp_from: '2025-01-01T00:00:00Z', timestamp_to: '2025-02-04T00:00:00Z' }),
    [null, 200],
    [34, 200],
    [33, 400],
  ],
  withoutSlash: [status({}, 'k', path.slice(0, -1)), [404, 404], [301, 301]],
}

test.each(
  Object.entries(looks).flatMap(([name, [look, ...values]]) =>
    values.map(([value, want]) => ({ name, value, want, look })),
  ),
)('$name of $value: $want', async ({ name, value, want, look }) => {
  expect(await look(start({ [name]: value }))).toBe(want)
})

test('the redirect to the slash keeps the query', async () => {
  const { headers } = await start({ withoutSlash: 301 })({ page: 2 }, 'k', path.slice(0, -1))
  expect(headers.get('location')).toBe(`${path}?agent_id=2142&page=2`)
})

test('contrary has another value for every guess', () => {
  for (const name of Object.keys(profiles.framework) as (keyof Guesses)[])
    expect(profiles.contrary[name], name).not.toBe(profiles.framework[name])
})

test('a walk from the oldest call is complete, the last page short', async () => {
  const ask = start({ order: 'oldest-first', pageSize: 7 })
  const calls = []
  for (let page = 1; page <= 9; page++) calls.push(...(await ask({ page })).page!.results)
  expect(new Set(calls.map(({ id }) => id)).size).toBe(60)
  const times = calls.map(({ timestamp }) => Date.parse(timestamp))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

const text = (value: unknown): string => (value === null ? 'any' : String(value))

test('the README lists every guess, and what each profile takes it to be', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| `(\w+)` +\| .*? +\| (.*?) +\| (.*?) +\| (.*?) +\|$/gm)]
  const listed = rows
    .filter(([, name]) => Object.hasOwn(profiles.framework, name!))
    .map((row) => row.slice(1).map((cell) => cell.replaceAll('`', '')))
  const { framework, published, contrary } = profiles
  expect(listed).toEqual(
    (Object.keys(framework) as (keyof Guesses)[]).map((name) => [
      name,
      text(framework[name]),
      text(published[name]),
      text(contrary[name]),
    ]),
  )
})
