import {
  apiKeyHeader,
  operationDescriptors,
  type CallLog,
  type CallLogPage,
} from '@cekura-kit/types'
import { Hono } from 'hono'
import { MockError } from '../mock-error.ts'
import { createChurn, type Churn, type ChurnPlan } from './churn.ts'
import {
  createFaultQueue,
  faultHeader,
  parseFaultHeader,
  retryAfterText,
  type Fault,
} from './fault.ts'
import { createJournal, type Journal, type JournalEntry } from './journal.ts'
import { readQuery, Refused } from './read-query.ts'
import {
  readSandboxOptions,
  type SandboxOptions,
  type SandboxReset,
  type SandboxSettings,
} from './sandbox-options.ts'
import { agentIds, createSandboxStore, type SandboxStore } from './sandbox-store.ts'
import { createSandboxWrites, type SandboxWrites } from './sandbox-writes.ts'
import { createTokenBucket, type RateLimit } from './token-bucket.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'

export interface Sandbox {
  /** The API. */
  app: Hono
  settings(): SandboxSettings
  insert(calls: readonly CallLog[]): void
  update(id: number, change: Partial<CallLog>): boolean
  remove(ids: readonly number[]): void
  setFaults(faults: readonly Fault[]): void
  setRateLimit(limit: RateLimit | null): void
  setChurn(plan: ChurnPlan | null): void
  churned(): Churn['tally'] | null
  clock(): VirtualClock
  /** The last {@link journalEntries} requests, oldest first. */
  journal(): readonly JournalEntry[]
  /** Everything as it was at the start, or with that changed. @throws {MockError} */
  reset(change?: SandboxReset): void
}

export const journalEntries = 10_000

interface Reply {
  status: number
  body: object
  headers?: Record<string, string>
  by?: JournalEntry['by']
}

/** What a reset makes anew. */
interface State {
  settings: SandboxSettings
  store: SandboxStore
  writes: SandboxWrites
  clock: VirtualClock
  nextFault: () => Fault | undefined
  /** Without one the rate has no limit. */
  takeToken: ((atMs: number) => number) | undefined
  churn: Churn | undefined
  journal: Journal
}

function createState(settings: SandboxSettings): State {
  const store = createSandboxStore(settings)
  return {
    settings,
    store,
    writes: createSandboxWrites(store),
    clock: createVirtualClock(settings.clockMs),
    nextFault: createFaultQueue([]),
    takeToken: undefined,
    churn: undefined,
    journal: createJournal(journalEntries),
  }
}

/**
 * A stateful service with made-up call logs. What the real one does beyond its documentation is a
 * guess, and stands in its profile.
 *
 * @param publicUrl what links to neighbours begin with, for a request to that URL
 * @throws {MockError} when an option is impossible
 */
export function createSandbox(
  options: SandboxOptions & { publicUrl: (asked: URL) => string },
): Sandbox {
  const { latencyMs = 0, publicUrl, ...initial } = options
  let state = createState(readSandboxOptions('Cannot start the mock', initial))

  /** The store at this instant. */
  function storeNow(): SandboxStore {
    const { store, clock } = state
    store.setClock(clock.nowMs())
    return store
  }

  /** What a fault does to the list before a page of it is taken. */
  function spoil(agentId: number, { drift = 0, shrink = 0 }: Fault): void {
    const { writes } = state
    for (let n = 0; n < drift; n++) writes.insertNewest(agentId, 1000)
    writes.remove(agentId, 0, Math.max(0, -drift))
    writes.remove(agentId, Math.max(0, writes.count(agentId) - shrink), shrink)
  }

  function page(url: URL, fault: Fault | undefined): CallLogPage {
    const store = storeNow()
    const { settings, churn } = state
    const { guesses, endMs } = settings
    const {
      filter,
      page: number,
      size,
    } = readQuery(url.searchParams, guesses, state.clock.nowMs() ?? endMs)
    const { agentId } = filter
    if (guesses.unknownAgent !== 'empty' && !agentIds.some((id) => id === agentId))
      throw new Refused(guesses.unknownAgent, { detail: 'No such agent.' })
    if (fault) spoil(agentId, fault)

    const { count, results } = store.select(filter, (number - 1) * size, size, guesses.order)
    if (number > 1 && results.length === 0 && guesses.pagePastTheEnd === 404)
      throw new Refused(404, { detail: 'Invalid page.' })
    const link = (to: number): string => {
      const target = new URL(`${url.pathname}${url.search}`, publicUrl(url))
      if (to === 1) target.searchParams.delete('page')
      else target.searchParams.set('page', String(to))
      return target.href
    }
    churn?.afterPage(agentId)
    return {
      count: fault?.count ?? count,
      next: number * size < count ? link(number + 1) : null,
      previous: number > 1 ? link(number - 1) : null,
      results,
    }
  }

  function answer(url: URL, key: string | undefined, fault: Fault | undefined): Reply {
    const { settings, takeToken, clock } = state
    if (!key)
      return {
        status: settings.guesses.missingKey,
        body: { detail: 'Authentication credentials were not provided.' },
      }
    if (fault?.status !== undefined)
      return {
        status: fault.status,
        body:
          fault.status === 400 ? { agent_id: ['Scripted fault.'] } : { detail: 'Scripted fault.' },
        by: 'fault',
        ...(fault.retryAfter !== undefined && {
          headers: { 'retry-after': retryAfterText(fault.retryAfter) },
        }),
      }
    const waitSeconds = takeToken?.(clock.elapsedMs()) ?? 0
    if (waitSeconds > 0)
      return {
        status: 429,
        body: { detail: `Request was throttled. Expected available in ${waitSeconds} seconds.` },
        headers: { 'retry-after': String(waitSeconds) },
        by: 'rate-limit',
      }
    try {
      return { status: 200, body: page(url, fault), ...(fault && { by: 'fault' }) }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { status: error.status, body: error.body }
    }
  }

  function respond(
    url: URL,
    key: string | undefined,
    own: string | undefined,
  ): { reply: Reply; waitMs: number } {
    const { clock, journal, nextFault } = state
    clock.tick()
    let reply: Reply
    let waitMs = latencyMs
    try {
      // Nobody without a key uses up a fault that is meant for a client.
      const fault = key ? (own === undefined ? nextFault() : parseFaultHeader(own)) : undefined
      waitMs += fault?.latencyMs ?? 0
      reply = answer(url, key, fault)
    } catch (error) {
      if (!(error instanceof MockError)) throw error
      reply = { status: 400, body: { [faultHeader]: [error.message] } }
    }
    const { status, by } = reply
    journal.add({ query: Object.fromEntries(url.searchParams), status, ...(by && { by }) })
    return { reply, waitMs }
  }

  const path = operationDescriptors['callLogs.list'].path
  const app = new Hono()
    .get(path, async ({ req, json }) => {
      const { reply, waitMs } = respond(
        new URL(req.url),
        req.header(apiKeyHeader),
        req.header(faultHeader),
      )
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs))
      return json(reply.body, reply.status as 200, reply.headers ?? {})
    })
    .get(path.replace(/\/$/, ''), (context) => {
      if (state.settings.guesses.withoutSlash === 404) return context.notFound()
      return context.redirect(`${path}${new URL(context.req.url).search}`, 301)
    })

  return {
    app,
    settings: () => state.settings,
    insert: (calls) => state.store.insert(calls),
    update: (id, change) => storeNow().update(id, change),
    remove: (ids) => state.store.remove(ids),
    setFaults: (faults) => (state.nextFault = createFaultQueue(faults)),
    // A bucket is full at first, whenever that is.
    setRateLimit: (limit) => (state.takeToken = limit ? createTokenBucket(limit) : undefined),
    setChurn: (plan) => (state.churn = plan ? createChurn(plan, state.writes) : undefined),
    churned: () => state.churn?.tally ?? null,
    clock: () => state.clock,
    journal: () => state.journal.last(),
    reset(change = {}) {
      state = createState(readSandboxOptions('Cannot reset', { ...initial, ...change }))
    },
  }
}
