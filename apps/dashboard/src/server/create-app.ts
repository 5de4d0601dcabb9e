import { maskCall } from '@cekura-kit/calls'
import type { CekuraClient } from '@cekura-kit/client'
import { operationPaths } from '@cekura-kit/types'
import { Hono, type Context } from 'hono'
import type { z } from 'zod'
import type { WindowState } from '../shared/dashboard-api.ts'
import { createMatcher, sortCalls } from './filter-calls.ts'
import { createGuard } from './guard.ts'
import type { TimeRange } from './load-window.ts'
import { toRow } from './prepare-call.ts'
import { statusOf, toProblem } from './problem.ts'
import * as queries from './read-query.ts'
import { summariseCalls } from './summarise-calls.ts'
import { createWindowCache } from './window-cache.ts'

export interface AppOptions {
  client: CekuraClient
  /** Agent shown first; default none. */
  agentId?: number | undefined
  /** What is shown as the origin of the calls. */
  source: string
  /** Host names the page may be opened by; default loopback. */
  hostNames?: readonly string[] | undefined
  /** Whether a reader may see a customer number; default true. */
  canReveal?: boolean | undefined
  /** Calls kept of one window; default 50 000. */
  mostRows?: number | undefined
  /** Calls asked for at a time; default 100. */
  pageSize?: number | undefined
  now?: (() => number) | undefined
}

export interface DashboardApp {
  app: Hono
  close(): void
}

class BadQuery extends Error {}

function read<Schema extends z.ZodType>(schema: Schema, context: Context): z.output<Schema> {
  const given = context.req.queries()
  const repeated = Object.entries(given).find(([, values]) => values.length > 1)
  if (repeated) throw new BadQuery(`"${repeated[0].slice(0, 50)}" is given twice`)
  const query = Object.fromEntries(Object.entries(given).map(([name, [value]]) => [name, value]))
  const result = schema.safeParse(query)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new BadQuery(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`.trim())
}

/** The routes, all of them; the browser chooses no host, path or header of a request upstream. */
export function createApp(options: AppOptions): DashboardApp {
  const { client, mostRows = 50_000, pageSize = 100, canReveal = true, now = Date.now } = options
  const cache = createWindowCache({
    client,
    mostRows,
    pageSize,
    now,
    mostWindows: 16,
    mostTotalRows: mostRows * 4,
  })
  const loaded = (agentId: number, range: TimeRange) =>
    cache.open(agentId, { from: range.from, to: range.to }).result

  const app = new Hono()
  app.use(createGuard(options.hostNames ?? ['127.0.0.1', 'localhost', '[::1]']))
  app.onError((error, context) => {
    if (error instanceof BadQuery)
      return context.json(
        {
          error: {
            code: 'bad_query',
            title: `Cannot read the query: ${error.message}`,
            fix: 'Reset the filters.',
          },
        },
        400,
      )
    const problem = toProblem(error)
    if (problem.code === 'internal') console.error(error)
    if (problem.retryAfterMs !== undefined)
      context.header('retry-after', String(Math.ceil(problem.retryAfterMs / 1000)))
    return context.json({ error: problem }, statusOf(problem))
  })

  app.get('/api/settings', (context) =>
    context.json({ agentId: options.agentId ?? null, canReveal, source: options.source, mostRows }),
  )
  app.get('/api/window', (context) => {
    const query = read(queries.windowQuery, context)
    if ((query.range === undefined) === (query.from === undefined || query.to === undefined))
      throw new BadQuery('give either range, or from and to')
    const range = query.range
      ? cache.pin(query.agent_id, query.range, query.fresh === '1')
      : { from: query.from!, to: query.to! }
    if (range.from >= range.to) throw new BadQuery('the range ends before it starts')
    const entry = cache.open(query.agent_id, range)
    const state: WindowState = {
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      state: entry.loaded ? 'ready' : entry.error === undefined ? 'loading' : 'failed',
      loaded: entry.loaded?.calls.length ?? entry.progress.loaded,
    }
    const expected = entry.loaded?.expected ?? entry.progress.expected
    if (expected !== undefined) state.expected = expected
    if (entry.loaded?.coveredFrom !== undefined)
      state.coveredFrom = new Date(entry.loaded.coveredFrom).toISOString()
    if (entry.loadedAt !== undefined) state.loadedAt = new Date(entry.loadedAt).toISOString()
    if (entry.error !== undefined) state.problem = toProblem(entry.error)
    return context.json(state)
  })
  app.get('/api/rows', async (context) => {
    const query = read(queries.rowsQuery, context)
    const { calls } = await loaded(query.agent_id, query)
    const { sort, offset, limit } = query
    const left = calls.filter(createMatcher(queries.toFilter(query)))
    const sorted =
      sort === '-timestamp'
        ? left
        : sortCalls(left, sort.replace('-', '') as 'timestamp', sort.startsWith('-'))
    const rows = sorted.slice(offset, offset + limit).map(toRow)
    return context.json({ total: left.length, offset, rows })
  })
  app.get('/api/summary', async (context) => {
    const query = read(queries.summaryQuery, context)
    const { calls } = await loaded(query.agent_id, query)
    return context.json(summariseCalls(calls, queries.toFilter(query), query))
  })
  app.get('/api/newer', async (context) => {
    const query = read(queries.newerQuery, context)
    const { calls } = await loaded(query.agent_id, query)
    const known = new Set(calls.map(({ call }) => call.id))
    const { results, next } = await client.callLogs.list({
      agent_id: query.agent_id,
      timestamp_from: new Date(query.to),
      timestamp_to: new Date(now()),
      page_size: 100,
    })
    const count = results.filter(({ id }) => !known.has(id)).length
    return context.json({ count, more: next !== null })
  })
  app.get('/api/reveal', async (context) => {
    const { agent_id, id } = read(queries.revealQuery, context)
    if (!canReveal)
      return context.json(
        {
          error: {
            code: 'masked',
            title: 'Numbers stay masked here',
            fix: 'Ask who runs the dashboard.',
          },
        },
        403,
      )
    const { results } = await client.callLogs.list({ agent_id, call_ids: String(id) })
    const number = results.find((call) => call.id === id)?.customer_number
    return context.json({ customer_number: number ?? '' })
  })
  app.get(operationPaths.listCallLogs, async (context) => {
    const { timestamp_from, timestamp_to, ...query } = read(queries.callLogsQuery, context)
    const page = await client.callLogs.list({
      ...query,
      ...(timestamp_from !== undefined && { timestamp_from: new Date(timestamp_from) }),
      ...(timestamp_to !== undefined && { timestamp_to: new Date(timestamp_to) }),
    } as Parameters<typeof client.callLogs.list>[0])
    // Their addresses name the service, where the browser has no business.
    return context.json({
      ...page,
      next: null,
      previous: null,
      results: page.results.map(maskCall),
    })
  })
  app.all('/api/*', (context) =>
    context.json(
      { error: { code: 'not_found', title: 'No such route', fix: 'Use the page.' } },
      404,
    ),
  )
  return { app, close: cache.close }
}
