import { hidePersonalData, personalFields } from '@cekura-kit/call-format'
import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { operationDescriptors, type CallLogPage } from '@cekura-kit/types'
import { Hono } from 'hono'
import type { Problem } from '../shared/dashboard-api.ts'
import { countNewer } from './count-newer.ts'
import { describeWindow } from './describe-window.ts'
import { exportCalls, exportName, exportTypes } from './export-calls.ts'
import { createGuard } from './guard.ts'
import { toRow } from './prepare-call.ts'
import { statusOf, toProblem } from './problem.ts'
import { readCalls } from './read-calls.ts'
import * as queries from './read-query.ts'
import { BadQuery, readQuery, toFilter, toOrder } from './read-query.ts'
import { createSelection } from './select-calls.ts'
import { createWindowCache } from './window-cache.ts'

export interface AppOptions {
  client: CekuraClient
  /** Agent shown first; default none. */
  agentId?: number | undefined
  /** What is shown as the origin of the calls. */
  source: string
  /** Host names the page may be opened by; default loopback. */
  hostNames?: readonly string[] | undefined
  /** Whether a reader may see who called, and what was said; default true. */
  canReveal?: boolean | undefined
  /** Calls kept of one window; default 50 000. */
  maxRows?: number | undefined
  /** Calls asked for at a time; default 100. */
  pageSize?: number | undefined
  /** Instant until which the service asked to wait. */
  waitingUntil?: (() => number | undefined) | undefined
  now?: (() => number) | undefined
}

export interface DashboardApp {
  app: Hono
  close(): void
}

const refusal = (code: string, title: string, fix: string): { error: Problem } => ({
  error: { code, title, fix },
})

const masked = refusal('masked', 'Personal data stays masked here', 'Ask who runs the dashboard.')

const secondMs = 1000
/** No rule but `hash` asks for it. */
const noHash = (): string => ''
const mask = (call: CallLog): CallLog => hidePersonalData({ ...call }, 'mask', noHash) as CallLog

/** A page of the API, masked. Its neighbors' addresses name the service, where a browser has no business. */
const toPage = (count: number | undefined, results: readonly CallLog[]): CallLogPage => ({
  ...(count !== undefined && { count }),
  next: null,
  previous: null,
  results: results.map(mask),
})

/** The routes, all of them; the browser chooses no host, path or header of a request upstream. */
export function createApp(options: AppOptions): DashboardApp {
  const { client, maxRows = 50_000, pageSize = 100, canReveal = true, now = Date.now } = options
  const cache = createWindowCache({
    client,
    maxRows,
    pageSize,
    now,
    maxWindows: 16,
    maxTotalRows: maxRows * 4,
  })
  const newer = countNewer(client, now)
  const selection = createSelection()
  const open = (query: { agent_id: number; from: number; to: number }) =>
    cache.open(query.agent_id, { from: query.from, to: query.to }).result

  const app = new Hono()
  app.use(createGuard(options.hostNames ?? ['127.0.0.1', 'localhost', '[::1]']))
  app.onError((error, context) => {
    if (error instanceof BadQuery)
      return context.json(
        refusal('bad_query', `Cannot read the query: ${error.message}`, 'Reset the filters.'),
        400,
      )
    const problem = toProblem(error)
    if (problem.code === 'internal') console.error(error)
    if (problem.retryAfterMs !== undefined)
      context.header('retry-after', String(Math.ceil(problem.retryAfterMs / 1000)))
    return context.json({ error: problem }, statusOf(problem))
  })

  app.get('/api/settings', (context) => {
    readQuery(queries.noQuery, context)
    const { agentId = null, source } = options
    return context.json({ agentId, canReveal, source, maxRows })
  })
  app.get('/api/window', (context) => {
    const { agent_id, range, fresh, ...ends } = readQuery(queries.windowQuery, context)
    const entry = cache.open(
      agent_id,
      range ? cache.pin(agent_id, range, fresh !== undefined) : { from: ends.from!, to: ends.to! },
      fresh ?? 'newer',
    )
    return context.json(describeWindow(entry, options.waitingUntil?.(), now()))
  })
  app.get('/api/rows', async (context) => {
    const { offset, limit, sort, ...query } = readQuery(queries.rowsQuery, context)
    const left = selection.sort(await open(query), toFilter(query), toOrder(sort))
    const rows = left.slice(offset, offset + limit).map(toRow)
    return context.json({ total: left.length, offset, rows })
  })
  app.get('/api/place', async (context) => {
    const { id, sort, ...query } = readQuery(queries.placeQuery, context)
    const left = selection.sort(await open(query), toFilter(query), toOrder(sort))
    const index = left.findIndex(({ call }) => call.id === id)
    const at = (place: number): number | null =>
      index === -1 ? null : (left[place]?.call.id ?? null)
    return context.json({
      index: index === -1 ? null : index,
      total: left.length,
      previous: at(index - 1),
      next: at(index + 1),
    })
  })
  app.get('/api/summary', async (context) => {
    const query = readQuery(queries.summaryQuery, context)
    return context.json(selection.summarize(await open(query), toFilter(query), query))
  })
  app.get('/api/export', async (context) => {
    const { sort, format, pii, ...query } = readQuery(queries.exportQuery, context)
    if (pii === 'keep' && !canReveal) return context.json(masked, 403)
    const left = selection.sort(await open(query), toFilter(query), toOrder(sort))
    const { agent_id: agentId, from, to } = query
    const file = exportCalls(left, {
      format,
      pii,
      readWhole: (ids, signal) => readCalls(client, { agentId, ids, range: { from, to }, signal }),
    })
    return context.body(file, 200, {
      'content-type': exportTypes[format],
      'content-disposition': `attachment; filename="${exportName({ ...query, format })}"`,
    })
  })
  app.get('/api/newer', async (context) => {
    const query = readQuery(queries.newerQuery, context)
    return context.json(await newer(query.agent_id, query.to, await open(query)))
  })
  app.get('/api/reveal', async (context) => {
    const { agent_id: agentId, id, at } = readQuery(queries.revealQuery, context)
    if (!canReveal) return context.json(masked, 403)
    const range = at === undefined ? undefined : { from: at - secondMs, to: at + secondMs }
    const call = (await readCalls(client, { agentId, ids: [id], range })).get(id)
    return context.json({
      fields: Object.fromEntries(personalFields.map((name) => [name, call?.[name as never]])),
    })
  })
  app.get(operationDescriptors['callLogs.list'].path, async (context) => {
    const query = readQuery(queries.callLogsQuery, context)
    const { agent_id: agentId, call_ids, timestamp_from: from, timestamp_to: to } = query
    if (call_ids !== undefined && from !== undefined && to !== undefined) {
      const ids = call_ids.split(',').map(Number)
      const results = [...(await readCalls(client, { agentId, ids, range: { from, to } })).values()]
      return context.json(toPage(results.length, results))
    }
    const { count, results } = await client.callLogs.list({
      ...query,
      ...(from !== undefined && { timestamp_from: new Date(from) }),
      ...(to !== undefined && { timestamp_to: new Date(to) }),
    } as Parameters<typeof client.callLogs.list>[0])
    return context.json(toPage(count, results))
  })
  app.all('/api/*', (context) =>
    context.json(refusal('not_found', 'No such route', 'Use the page.'), 404),
  )
  return { app, close: cache.close }
}
