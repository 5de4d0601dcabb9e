import { previousPeriod } from '@cekura-kit/call-format'
import { responseSchema, selectDeclared } from '@cekura-kit/call-format/declared'
import { CekuraError, type CekuraClient } from '@cekura-kit/client'
import { Hono, type Context } from 'hono'
import type { Problem, Settings } from '../shared/dashboard-api.ts'
import { createAgentList } from './agent-list.ts'
import { describeRange } from './describe-range.ts'
import { exportCalls, exportName, exportTypes } from './export-calls.ts'
import { createGuard } from './guard.ts'
import { toRow } from './prepare-call.ts'
import { statusOf, toProblem } from './problem.ts'
import { createRangeCache, type RangeCache } from './range-cache.ts'
import { readCalls } from './read-calls.ts'
import type { RateLimits } from './rate-limits.ts'
import * as queries from './read-query.ts'
import { BadQuery, readQuery, toFilter } from './read-query.ts'
import { inOrder, remember, selectCalls, type Selection } from './select-calls.ts'
import { metricFormats, summarize, trendOf } from './summarize.ts'

export interface AppOptions {
  client: CekuraClient
  /** Agent shown first; default none. */
  agentId?: number | undefined
  /** Shown as the origin of the calls. */
  source: string
  /** Host names of the page; default loopback. */
  hostNames?: readonly string[] | undefined
  /** Whether a user may see personal data; default true. */
  canReveal?: boolean | undefined
  /** Calls kept per range; default 50,000. */
  maxRows?: number | undefined
  /** Calls per request; default 100. */
  pageSize?: number | undefined
  /** URL under which others reach the dashboard. */
  publicUrl?: string | undefined
  /** URL of a call in another app, with `{id}` and `{call_id}`. */
  callUrl?: string | undefined
  /** What the API said about its rate limit; default nothing. */
  rateLimits?: RateLimits | undefined
  now?: (() => number) | undefined
}

export interface DashboardApp {
  app: Hono
  close(): void
}

interface Routes {
  client: CekuraClient
  ranges: RangeCache
  canReveal: boolean
  now: () => number
  rateLimits: RateLimits
}

type Filtered = Parameters<typeof toFilter>[0]

const errorBody = (code: string, title: string, fix: string): { error: Problem } => ({
  error: { code, title, fix },
})
const masked = errorBody(
  'masked',
  'Personal data stays masked here',
  "Contact the dashboard's administrator.",
)
const secondMs = 1000
const noIds: ReadonlySet<number> = new Set()

const noRateLimits: RateLimits = { count: () => 0, waitingUntil: () => undefined }

/** The filtered calls of a range. Leaving the page gives up the wait for them. */
async function select(
  ranges: RangeCache,
  context: Context,
  query: Filtered,
  isComplete: boolean,
): Promise<Selection> {
  const snapshot = await ranges.read(query, isComplete, context.req.raw.signal)
  return selectCalls(snapshot, { from: query.from, to: query.to }, toFilter(query))
}

/** The filtered calls now and, if requested, in the previous period. */
async function selectPeriods(
  ranges: RangeCache,
  context: Context,
  query: Filtered & { compare: boolean },
) {
  const now = await select(ranges, context, query, query.compare)
  if (!query.compare) return { now }
  const previous = previousPeriod({ from: query.from, to: query.to }, query.zone)
  const before = await select(ranges, context, { ...query, ...previous }, true)
  // A part of a period cannot be compared.
  return now.snapshot.isPart || before.snapshot.isPart ? { now } : { now, before }
}

function addRangeRoute(app: Hono, { ranges, now, rateLimits }: Routes): void {
  app.get('/api/range', (context) => {
    const { agent_id, range, zone, reload, from, to } = readQuery(queries.rangeQuery, context)
    const ends = range ? ranges.pin(agent_id, range, zone, reload) : { from: from!, to: to! }
    const entry = ranges.open({ agent_id, ...ends }, reload)
    return context.json(describeRange(entry, rateLimits.waitingUntil(), now()))
  })
}

function addCallsRoutes(app: Hono, { ranges }: Routes): void {
  app.get('/api/rows', async (context) => {
    const { offset, limit, sort, scores = noIds, ...query } = readQuery(queries.rowsQuery, context)
    const calls = inOrder(await select(ranges, context, query, false), sort)
    const rows = calls.slice(offset, offset + limit).map((call) => toRow(call, scores))
    return context.json({ total: calls.length, offset, rows })
  })
  app.get('/api/place', async (context) => {
    const { id, sort, ...query } = readQuery(queries.placeQuery, context)
    const calls = inOrder(await select(ranges, context, query, false), sort)
    const index = calls.findIndex((call) => call.id === id)
    const at = (place: number): number | null => (index === -1 ? null : (calls[place]?.id ?? null))
    return context.json({
      index: index === -1 ? null : index,
      total: calls.length,
      previous: at(index - 1),
      next: at(index + 1),
    })
  })
  app.get('/api/summary', async (context) => {
    const query = readQuery(queries.summaryQuery, context)
    const periods = await selectPeriods(ranges, context, query)
    const { now, before } = periods
    const key = ['summary', now.filter, query.by, before !== undefined]
    return context.json(remember(now.snapshot, key, () => summarize(periods, query.by)))
  })
  app.get('/api/trend', async (context) => {
    const query = readQuery(queries.trendQuery, context)
    return context.json(trendOf(await selectPeriods(ranges, context, query), query.id))
  })
}

function addExportRoute(app: Hono, { ranges, client, canReveal }: Routes): void {
  app.get('/api/export', async (context) => {
    const { sort, format, pii, ...query } = readQuery(queries.exportQuery, context)
    if (pii === 'keep' && !canReveal) return context.json(masked, 403)
    const selection = await select(ranges, context, query, true)
    const { agent_id: agentId, from, to } = query
    const metrics = [...metricFormats(selection.snapshot)].toSorted(([a], [b]) => a - b)
    const file = exportCalls(inOrder(selection, sort), {
      format,
      pii,
      metrics: new Map(metrics.map(([id, { name }]) => [id, name])),
      readWhole: (ids, signal) => readCalls(client, { agentId, ids, range: { from, to }, signal }),
    })
    return context.body(file, 200, {
      'content-type': exportTypes[format],
      'content-disposition': `attachment; filename="${exportName({ ...query, format })}"`,
    })
  })
}

const callSchema = responseSchema('callLogs.get')

/** A call; null if the API has none, or it is of another agent. */
async function findCall(client: CekuraClient, agentId: number, id: number) {
  try {
    const call = await client.callLogs.get({ id })
    return call.agent === agentId || call.agent === undefined ? call : null
  } catch (error) {
    if (CekuraError.is(error, 'not_found')) return null
    throw error
  }
}

function addCallRoutes(app: Hono, { client, canReveal, now }: Routes): void {
  const listAgents = createAgentList(client, now)
  app.get('/api/agents', async (context) => {
    readQuery(queries.noQuery, context)
    try {
      return context.json({ agents: await listAgents() })
    } catch (error) {
      if (!CekuraError.is(error)) throw error
      // An agent can still be chosen by its ID, so this is a result like that of a range.
      return context.json({ agents: [], problem: toProblem(error) })
    }
  })
  for (const [path, isRevealed] of [
    ['/api/call', false],
    ['/api/reveal', true],
  ] as const)
    app.get(path, async (context) => {
      const { agent_id, id } = readQuery(queries.callQuery, context)
      if (isRevealed && !canReveal) return context.json(masked, 403)
      const call = await findCall(client, agent_id, id)
      return context.json({ call: call && selectDeclared(callSchema, call, isRevealed) })
    })
}

function respondToError(error: unknown, context: Context) {
  if (error instanceof BadQuery) {
    const fix = 'Reset the filters.'
    return context.json(errorBody('bad_query', `Invalid query: ${error.message}.`, fix), 400)
  }
  const problem = toProblem(error)
  if (problem.code === 'internal') console.error(error)
  if (problem.retryAfterMs !== undefined)
    context.header('retry-after', String(Math.ceil(problem.retryAfterMs / secondMs)))
  return context.json({ error: problem }, statusOf(problem))
}

/** All routes; the browser selects no host, path or header of a request to the API. */
export function createApp(options: AppOptions): DashboardApp {
  const { client, maxRows = 50_000, pageSize = 100, canReveal = true, now = Date.now } = options
  const { agentId = null, source, publicUrl = null, callUrl = null } = options
  const { rateLimits = noRateLimits } = options
  const ranges = createRangeCache({
    client,
    maxRows,
    pageSize,
    isSearched: canReveal,
    now,
    countRateLimits: rateLimits.count,
  })
  const app = new Hono()
  app.use(createGuard(options.hostNames ?? ['127.0.0.1', 'localhost', '[::1]']))
  app.onError(respondToError)
  app.get('/api/settings', (context) => {
    readQuery(queries.noQuery, context)
    const settings: Settings = { agentId, canReveal, source, maxRows, publicUrl, callUrl }
    return context.json(settings)
  })
  const routes: Routes = { client, ranges, canReveal, now, rateLimits }
  addRangeRoute(app, routes)
  addCallsRoutes(app, routes)
  addExportRoute(app, routes)
  addCallRoutes(app, routes)
  app.all('/api/*', (context) =>
    context.json(errorBody('not_found', 'Unknown route', 'Reload the page.'), 404),
  )
  return { app, close: ranges.close }
}
