import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  CekuraError,
  type CallLog,
  type CallLogsListInput,
  type CekuraClient,
} from '@cekura-kit/client'
import type { WindowRead } from '../state/records.ts'
import type { ConcurrencyLimit } from './concurrency-limit.ts'
import { settleMs, type ExportPlan } from '../plan.ts'
import { parseCalls, toQuery } from './parse-call.ts'
import type { Span } from './span.ts'
import type { WindowPlan } from './window-plan.ts'

export interface ReadOptions extends Pick<ExportPlan, 'agentId' | 'pii' | 'pageSize'> {
  limit: ConcurrencyLimit
  signal: AbortSignal
  now(): number
}

const maxPasses = 3

/**
 * A second with more calls than a page: its pages are read until two passes agree.
 *
 * @throws {CekuraError} if a page adds nothing and is not the last
 */
async function readPages(
  client: CekuraClient,
  query: CallLogsListInput,
  signal: AbortSignal,
): Promise<{ calls: CallLog[]; stable: boolean }> {
  const all = new Map<number, CallLog>()
  let before: Set<number> | undefined
  for (let pass = 0; pass < maxPasses; pass++) {
    const seen = new Set<number>()
    let isWhole = false
    let pages = 0
    for await (const page of client.callLogs.list(query, { signal }).pages()) {
      isWhole = page.next === null
      pages += 1
      if (page.results.length === 0 && !isWhole)
        throw new CekuraError(`Pagination does not advance: page ${pages} adds no call.`, {
          code: 'invalid_response',
          reason: 'pagination_stuck',
          details: { page: pages, next: undefined },
        })
      for (const call of page.results) {
        seen.add(call.id)
        all.set(call.id, call)
      }
    }
    const isSame = before?.size === seen.size && [...seen].every((id) => before!.has(id))
    if (isSame && isWhole) return { calls: [...all.values()], stable: true }
    // A page disappeared between two requests: this pass proves nothing.
    before = isWhole ? seen : undefined
  }
  return { calls: [...all.values()], stable: false }
}

/**
 * Reads one window in a single response, so that calls added or removed during the export cannot push
 * others off a page. `listCallLogsInRange` cannot: it yields calls without `next` and `count`, which
 * say whether a response is complete and how to split its window.
 *
 * @returns undefined if the window was split
 */
async function readWindow(
  window: Span,
  client: CekuraClient,
  plan: WindowPlan,
  { agentId, pageSize, pii, limit, signal, now }: ReadOptions,
): Promise<WindowRead | undefined> {
  const query = { agent_id: agentId, page_size: pageSize, ...toQuery(window) }
  const page = await client.callLogs.list(query, { signal })
  limit.good()
  const closed = window.end <= now() - settleMs
  let read = { ...parseCalls(page.results, window, pii), stable: true, closed }
  if (page.next !== null) {
    const times = read.rows.map(({ timestamp }) => timestamp)
    if (page.count !== undefined && plan.splitOverflow(window, page.count, times)) return undefined
    const { calls, stable } = await readPages(client, query, signal)
    read = { ...parseCalls(calls, window, pii), stable, closed }
  }
  // Two windows can return the same millisecond; one of them owns it.
  const rows = read.rows.filter(({ timestamp: at }) => at >= window.start && at < window.end)
  plan.finish(
    window,
    rows.map(({ timestamp }) => timestamp),
  )
  return { ...read, rows }
}

/**
 * Reads every window of the plan and passes each to `store`.
 *
 * @throws what the first failed window threw, after the windows started before it have ended
 */
export async function readWindows(
  client: CekuraClient,
  plan: WindowPlan,
  options: ReadOptions,
  store: (window: Span, read: WindowRead) => void,
): Promise<void> {
  const { limit, signal } = options
  await new Promise<void>((resolve, reject) => {
    let [requests, open] = [0, 0]
    const failures: unknown[] = []
    async function run(window: Span): Promise<void> {
      requests += 1
      open += 1
      try {
        const read = await readWindow(window, client, plan, options).finally(() => (requests -= 1))
        // The next request is sent first, so that the API works while the disk does.
        pump()
        await nextTurn()
        if (read) store(window, read)
      } catch (reason) {
        failures.push(reason)
      }
      open -= 1
      pump()
    }
    function pump(): void {
      while (failures.length === 0 && requests < limit.limit()) {
        const window = plan.next()
        if (!window) break
        void run(window)
      }
      if (open > 0) return
      if (failures.length > 0) reject(failures[0])
      else resolve()
    }
    if (signal.aborted) reject(signal.reason)
    else pump()
  })
}
