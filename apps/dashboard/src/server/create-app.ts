import { responseSchema, selectDeclared } from '@cekura-kit/call-format/declared'
import {
  CekuraError,
  createClient,
  type CekuraClient,
  type ClientOptions,
} from '@cekura-kit/client'
import { Hono, type Context } from 'hono'
import type { z } from 'zod'
import type { CallDetails, DashboardPaths, Settings } from '../shared/dashboard-api.ts'
import { createAgentList } from './agent-list.ts'
import { describeRange } from './describe-range.ts'
import { exportCalls, exportHeaders } from './export-calls.ts'
import { createGuard, pagePolicy } from './guard.ts'
import { toRow } from './prepare-call.ts'
import { Rejection, toRejection } from './problem.ts'
import { createPins, createRangeCache, type RangeCache } from './range-cache.ts'
import { watchRateLimits } from './rate-limits.ts'
import * as queries from './read-query.ts'
import { checkRange, readQuery } from './read-query.ts'
import { inOrder, remember, select, selectPeriods } from './select-calls.ts'
import { summarize, trendOf } from './summarize.ts'

type Optional<Type> = { [Name in keyof Type]?: Type[Name] | undefined }

/** What is not given of the settings is null; a user may see personal data by default. */
export interface AppOptions extends Optional<Settings> {
  source: string
  /** Calls kept per range; default 50,000. */
  maxRows?: number | undefined
  /** Options of the client; default: by environment variables. */
  api?: ClientOptions | undefined
  /** Host names of the page; default loopback. */
  hostNames?: readonly string[] | undefined
  now?: (() => number) | undefined
}

type Body<Path extends keyof DashboardPaths> =
  DashboardPaths[Path]['get']['responses'][200]['content']['application/json']

/** Adds a route that responds with JSON. The signal is aborted when the page is left. */
type AddRoute = <Path extends keyof DashboardPaths, Schema extends z.ZodType>(
  path: Path,
  schema: Schema,
  respond: (query: z.output<Schema>, signal: AbortSignal) => Body<Path> | Promise<Body<Path>>,
) => void

function addCallsRoutes(addRoute: AddRoute, ranges: RangeCache): void {
  addRoute('/api/rows', queries.rowsQuery, async (query, signal) => {
    const { offset, limit, sort } = query
    const scores = new Set(query.scores.map(Number))
    const calls = inOrder(await select(ranges, query, signal, false), sort)
    const rows = calls.slice(offset, offset + limit).map((call) => toRow(call, scores))
    return { total: calls.length, rows }
  })
  addRoute('/api/place', queries.placeQuery, async (query, signal) => {
    const calls = inOrder(await select(ranges, query, signal, false), query.sort)
    const total = calls.length
    const index = calls.findIndex(({ id }) => id === query.id)
    if (index === -1) return { index: null, total, previous: null, next: null }
    const [previous, next] = [calls[index - 1]?.id ?? null, calls[index + 1]?.id ?? null]
    return { index, total, previous, next }
  })
  addRoute('/api/summary', queries.summaryQuery, async (query, signal) => {
    const periods = await selectPeriods(ranges, query, signal)
    const { now, before } = periods
    const key = ['summary', now.filter, query.by, before !== undefined]
    return remember(now.snapshot, key, () => summarize(periods, query.by))
  })
  addRoute('/api/trend', queries.trendQuery, async (query, signal) =>
    trendOf(await selectPeriods(ranges, query, signal), query.id),
  )
}

const checkReveal = (canReveal: boolean): void => {
  const fix = "Contact the dashboard's administrator."
  if (!canReveal) throw new Rejection(403, 'masked', 'Personal data stays masked here', fix)
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

function addCallRoutes(addRoute: AddRoute, client: CekuraClient, canReveal: boolean): void {
  for (const [path, isRevealed] of [
    ['/api/call', false],
    ['/api/reveal', true],
  ] as const)
    addRoute(path, queries.callQuery, async ({ agent_id, id }) => {
      if (isRevealed) checkReveal(canReveal)
      const call = await findCall(client, agent_id, id)
      return { call: call && (selectDeclared(callSchema, call, isRevealed) as CallDetails) }
    })
}

function respondToError(error: unknown, context: Context) {
  const { status, problem } = toRejection(error)
  if (status === 500) console.error(error)
  return context.json({ error: problem }, status)
}

/** All routes; the browser selects no host, path or header of a request to the API. */
export function createApp(options: AppOptions) {
  const { api = {}, maxRows = 50_000, canReveal = true, now = Date.now } = options
  const { agentId = null, source, publicUrl = null, callUrl = null } = options
  const { hostNames = ['127.0.0.1', 'localhost', '[::1]'] } = options
  const rateLimits = watchRateLimits(now)
  const client = createClient({ ...api, hooks: rateLimits.hooks })
  const ranges = createRangeCache({ client, maxRows, isSearched: canReveal, rateLimits, now })
  const pin = createPins(now)
  const listAgents = createAgentList(client, now)
  const settings = { agentId, canReveal, source, publicUrl, callUrl }
  const app = new Hono()
  app.use(pagePolicy, createGuard(hostNames))
  app.onError(respondToError)
  const addRoute: AddRoute = (path, schema, respond) =>
    app.get(path, async (context) =>
      context.json(await respond(readQuery(schema, context), context.req.raw.signal)),
    )
  addRoute('/api/settings', queries.noQuery, () => settings)
  addRoute('/api/agents', queries.noQuery, async () => {
    try {
      return { agents: await listAgents() }
    } catch (error) {
      // An agent can still be chosen by its ID, so this is a result like that of a range.
      return { agents: [], problem: toRejection(error).problem }
    }
  })
  addRoute('/api/range', queries.rangeQuery, (query) => {
    const { agent_id, zone, reload } = query
    const range = 'range' in query ? pin(agent_id, query.range, zone, reload) : query
    const entry = ranges.open({ agent_id, ...checkRange(range) }, reload)
    return describeRange(entry, rateLimits.waitingUntil, now())
  })
  addCallsRoutes(addRoute, ranges)
  addCallRoutes(addRoute, client, canReveal)
  app.get('/api/export', async (context) => {
    const query = readQuery(queries.exportQuery, context)
    if (query.pii === 'keep') checkReveal(canReveal)
    const selection = await select(ranges, query, context.req.raw.signal, true)
    return context.body(exportCalls(client, selection, query), 200, exportHeaders(query))
  })
  app.all('/api/*', () => {
    throw new Rejection(404, 'not_found', 'Unknown route', 'Reload the page.')
  })
  return { app, close: ranges.close }
}
