import { setImmediate as turn } from 'node:timers/promises'
import {
  CekuraError,
  type CallLog,
  type CallLogsListInput,
  type CekuraClient,
} from '@cekura-kit/client'
import type { WindowRead } from './ledger.ts'
import type { Pace } from './pace.ts'
import { readCalls, readTimes, toQuery, type CallRule } from './read-call.ts'
import type { Span } from './span.ts'
import type { WalkPlan } from './walk-plan.ts'

export interface ReadOptions extends CallRule {
  agentId: number
  pageSize: number
  pace: Pace
  signal: AbortSignal
  now(): number
  /** Calls of a window that ended longer ago than this have settled. */
  settleMs: number
}

const maxPasses = 3

/**
 * More calls in a second than fit a page: walked until two walks see the same, and all are joined.
 *
 * @throws {CekuraError} when a page brings nothing new and is not the last
 */
async function walkPages(
  client: CekuraClient,
  query: CallLogsListInput,
  signal: AbortSignal,
): Promise<{ calls: CallLog[]; stable: boolean }> {
  const all = new Map<number, CallLog>()
  let before: Set<number> | undefined
  for (let walk = 0; walk < maxPasses; walk++) {
    const seen = new Set<number>()
    let isWhole = false
    let pages = 0
    for await (const page of client.callLogs.list(query, { signal }).pages()) {
      isWhole = page.next === null
      pages += 1
      if (page.results.length === 0 && page.next !== null)
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
    // A page that is gone when it is asked for: calls went meanwhile, and this walk proves nothing.
    before = isWhole ? seen : undefined
  }
  return { calls: [...all.values()], stable: false }
}

/**
 * Reads every window of the plan and hands it over.
 *
 * A window is read in one answer or cut: one answer is one look at the data, so that calls added or
 * removed meanwhile cannot push others off a page. `next` says whether an answer was all of it.
 *
 * @throws what the first window that failed threw, once those begun before it have ended
 */
export async function readWindows(
  client: CekuraClient,
  plan: WalkPlan,
  options: ReadOptions,
  take: (window: Span, read: WindowRead) => void,
): Promise<void> {
  const { agentId, pageSize, pace, signal, settleMs, now } = options

  /** @returns what stores the window; undefined when it was cut */
  async function read(window: Span): Promise<(() => void) | undefined> {
    const query = { agent_id: agentId, page_size: pageSize, ...toQuery(window) }
    const page = await client.callLogs.list(query, { signal })
    pace.good()
    const readAt = now()
    const closed = window.end <= readAt - settleMs
    // What the plan needs first, the work on each call later, while the next answer is awaited.
    const finish = (calls: readonly CallLog[], stable: boolean): (() => void) => {
      const times = readTimes(calls, window).filter((t) => t >= window.start && t < window.end)
      plan.finish(window, times)
      return () => take(window, { ...readCalls(calls, window, options), readAt, stable, closed })
    }
    if (page.next === null) return finish(page.results, true)
    // Said before more is asked: a service that ignores the filter would be asked for long.
    const isSplit =
      page.count !== undefined && plan.shrink(window, page.count, readTimes(page.results, window))
    if (isSplit) return undefined
    const { calls, stable } = await walkPages(client, query, signal)
    return finish(calls, stable)
  }

  await new Promise<void>((resolve, reject) => {
    let [asking, open] = [0, 0]
    const failures: unknown[] = []
    async function run(window: Span): Promise<void> {
      asking += 1
      open += 1
      try {
        const store = await read(window).finally(() => (asking -= 1))
        // The next request goes out first, so that the service works while the disk does.
        pump()
        await turn()
        store?.()
      } catch (reason) {
        failures.push(reason)
      }
      open -= 1
      pump()
    }
    function pump(): void {
      while (failures.length === 0 && asking < pace.limit()) {
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
