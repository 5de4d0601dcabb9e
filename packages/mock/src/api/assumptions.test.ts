import { readFile } from 'node:fs/promises'
import { apiKeyHeader, operationDescriptors, type CallLogPage } from '@cekura-kit/types'
import { getResponse, http } from 'msw'
import { expect, test } from 'vitest'
import { createMswSandbox } from '../msw.ts'
import { startCalls } from './operations/calls.test-helper.ts'
import { profiles, type Assumptions } from './assumptions.ts'

const path = operationDescriptors['callLogs.list'].path
type Query = Record<string, string | number>

function start(assumptions: Partial<Assumptions>) {
  const { handlers } = createMswSandbox({ http, rows: 60, assumptions })
  return async (query: Query, key = 'k', at: string = path) => {
    const search = new URLSearchParams({ agent_id: '2142', ...query } as Record<string, string>)
    const request = new Request(`http://mock.test${at}?${search}`, {
      headers: { [apiKeyHeader]: key },
    })
    const response = (await getResponse(handlers, request))!
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

/** An observation of a sandbox with this assumption, beyond its list. */
const ofCalls =
  (observe: (calls: ReturnType<typeof startCalls>) => Promise<unknown>) =>
  (_: Ask, assumptions: Partial<Assumptions>): Promise<unknown> =>
    observe(startCalls({ assumptions }))

/** For each assumption an observation of the sandbox, and its result for two values. */
const observations: {
  [Name in keyof Assumptions]: [
    observe: (ask: Ask, assumptions: Partial<Assumptions>) => Promise<unknown>,
    ...[Assumptions[Name], unknown][],
  ]
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
  zonelessTime: [
    status({ timestamp_from: '2025-01-15T12:00:00' }),
    ['rejected', 400],
    ['utc', 200],
  ],
  pageSize: [size({}), [20, 20], [7, 7]],
  maxPageSize: [size({ page_size: 60 }), [50, 50], [10, 10]],
  largePageSize: [size({ page_size: 101 }), ['capped', 60], ['rejected', 400]],
  badPageSize: [size({ page_size: 'abc' }), ['default', 20], ['rejected', 400]],
  badPage: [status({ page: 0 }), [404, 404], [400, 400]],
  pagePastTheEnd: [status({ page: 99 }), [404, 404], ['empty', 200]],
  count: [async (ask) => (await ask({})).page!.count, ['present', 60], ['absent', undefined]],
  missingKey: [status({}, ''), [401, 401], [403, 403]],
  unknownAgent: [status({ agent_id: 1 }), ['empty', 200], [403, 403], [404, 404]],
  blankFilter: [status({ assistant_id: '' }), ['rejected', 400], ['ignored', 200]],
  unknownParameter: [status({ pagesize: 5 }), ['ignored', 200], ['rejected', 400]],
  defaultDays: [async (ask) => (await ask({})).page!.results.length < 20, [null, false], [1, true]],
  maxRangeDays: [
    status({ timestamp_from: '2025-01-01T00:00:00Z', timestamp_to: '2025-02-04T00:00:00Z' }),
    [null, 200],
    [34, 200],
    [33, 400],
  ],
  withoutSlash: [status({}, 'k', path.slice(0, -1)), [404, 404], [301, 301]],
  newCall: [
    ofCalls(async ({ sent, get }) => (await get((await sent()).id)).status),
    ['at-once', 200],
    ['late', 404],
  ],
  pendingDuration: [
    ofCalls(async ({ sent }) => (await sent()).duration),
    ['zero', '00:00'],
    ['final', '00:09'],
  ],
  knownCallId: [
    ofCalls(async ({ sent, send }) => {
      const { call_id } = await sent()
      return (await send({ call_id })).status
    }),
    ['accepted', 201],
    ['rejected', 400],
  ],
  unknownRole: [
    ofCalls(async ({ send }) => (await send({ transcript_json: [{ role: 'user' }] })).status),
    ['rejected', 400],
    ['emptied', 201],
  ],
  unknownField: [
    ofCalls(async ({ evaluated, update }) => {
      const { id } = await evaluated()
      return (await update(id, { unknown: 1 })).status
    }),
    ['rejected', 400],
    ['ignored', 200],
  ],
  statusUpdate: [
    ofCalls(async ({ evaluated, updated }) => {
      const { id } = await evaluated()
      return (await updated(id, { status: 'reviewed_failure' })).is_reviewed
    }),
    ['decides', true],
    ['status-only', false],
  ],
  updatedAt: [
    ofCalls(async ({ evaluated, updated, advance }) => {
      const { id, updated_at } = await evaluated()
      await advance(1000)
      return (await updated(id, { feedback: 'Good.' })).updated_at === updated_at
    }),
    ['moves', false],
    ['stays', true],
  ],
  reevaluation: [
    ofCalls(async ({ evaluated, updated }) => {
      const { id } = await evaluated()
      return (await updated(id, { reevaluate_metrics: true })).status
    }),
    ['evaluating', 'evaluating'],
    ['unchanged', 'success'],
  ],
  oldResults: [
    ofCalls(async ({ evaluated, updated }) => {
      const { id } = await evaluated()
      return (await updated(id, { reevaluate_metrics: true })).evaluation!.metrics.length > 0
    }),
    ['kept', true],
    ['removed', false],
  ],
}

test.each(
  Object.entries(observations).flatMap(([name, [observe, ...values]]) =>
    values.map(([value, want]) => ({ name, value, want, observe })),
  ),
)('$name of $value: $want', async ({ name, value, want, observe }) => {
  const assumptions = { [name]: value }
  expect(await observe(start(assumptions), assumptions)).toBe(want)
})

test('the redirect to the slash keeps the query', async () => {
  const { headers } = await start({ withoutSlash: 301 })({ page: 2 }, 'k', path.slice(0, -1))
  expect(headers.get('location')).toBe(`${path}?agent_id=2142&page=2`)
})

test('inverted has another value for every assumption', () => {
  for (const name of Object.keys(profiles.framework) as (keyof Assumptions)[])
    expect(profiles.inverted[name], name).not.toBe(profiles.framework[name])
})

test('pages from the oldest call on are complete, the last one short', async () => {
  const ask = start({ order: 'oldest-first', pageSize: 7 })
  const calls = []
  for (let page = 1; page <= 9; page++) calls.push(...(await ask({ page })).page!.results)
  expect(new Set(calls.map(({ id }) => id)).size).toBe(60)
  const times = calls.map(({ timestamp }) => Date.parse(timestamp))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

const text = (value: unknown): string => (value === null ? 'any' : String(value))

test('the README lists every assumption with its value in each profile', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| `(\w+)` +\| .*? +\| (.*?) +\| (.*?) +\| (.*?) +\|$/gm)]
  const listed = rows
    .filter(([, name]) => Object.hasOwn(profiles.framework, name!))
    .map((row) => row.slice(1).map((cell) => cell.replaceAll('`', '')))
  const { framework, published, inverted } = profiles
  expect(listed).toEqual(
    (Object.keys(framework) as (keyof Assumptions)[]).map((name) => [
      name,
      text(framework[name]),
      text(published[name]),
      text(inverted[name]),
    ]),
  )
})
