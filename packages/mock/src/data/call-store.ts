import type { CallLog } from '@cekura-kit/types'
import { agents, assistants } from './catalog.ts'
import { generateCalls } from './generate-calls.ts'
import { withChange, type StoredCall } from './stored-call.ts'

export interface StoreOptions {
  seed: number
  rows: number
  startMs: number
  endMs: number
}

export interface CallFilter {
  /** Default: every agent. */
  agentId?: number | undefined
  /** Inclusive. */
  fromMs?: number | undefined
  /** Inclusive. */
  toMs?: number | undefined
  ids?: ReadonlySet<number> | undefined
  assistantId?: string | undefined
}

export type Order = 'newest-first' | 'oldest-first'

export interface Slice {
  /** Calls that match. */
  count: number
  results: CallLog[]
}

/** Call logs of a sandbox, as of a time. */
export interface CallStore {
  /** Every match, newest first. */
  find(filter: CallFilter): StoredCall[]
  select(filter: CallFilter, offset: number, limit: number, order?: Order): Slice
  /** Adds calls; one with a known id replaces it. */
  put(calls: readonly StoredCall[]): void
  insert(calls: readonly CallLog[]): void
  /** The call with this id; undefined without one. */
  get(id: number): StoredCall | undefined
  /** Returns false without such a call. */
  update(id: number, change: Partial<CallLog>): boolean
  remove(ids: readonly number[]): void
}

// Equal timestamps are ordered by id, so that the order is total.
const newestFirst = (a: StoredCall, b: StoredCall): number => b.timeMs - a.timeMs || b.id - a.id

/** Assistant of a call that was not generated. */
const assistantOf = (id: number): string => assistants[Math.abs(id) % 10 < 7 ? 0 : 1]!

const written = (call: CallLog): StoredCall => ({
  id: call.id,
  agentId: call.agent,
  assistantId: assistantOf(call.id),
  timeMs: Date.parse(call.timestamp),
  createdMs: -Infinity,
  read: () => call,
})

/**
 * A store with generated calls. Records are shown as they were at the time of `nowMs()`; what
 * a test wrote is shown as written.
 */
export function createCallStore(options: StoreOptions, nowMs: () => number): CallStore {
  const { rows } = options
  let calls = agents
    .flatMap(({ id: agentId }, n) =>
      generateCalls({ ...options, agentId, rows: n === 0 ? rows : Math.ceil(rows / 8) }),
    )
    .sort(newestFirst)

  function find({ agentId, fromMs, toMs, ids, assistantId }: CallFilter): StoredCall[] {
    const now = nowMs()
    return calls.filter(
      (call) =>
        call.createdMs <= now &&
        (agentId === undefined || call.agentId === agentId) &&
        call.timeMs >= (fromMs ?? -Infinity) &&
        call.timeMs <= (toMs ?? Infinity) &&
        (assistantId === undefined || call.assistantId === assistantId) &&
        (ids === undefined || ids.has(call.id)),
    )
  }
  const removeAll = (ids: ReadonlySet<number>): void => {
    calls = calls.filter(({ id }) => !ids.has(id))
  }
  function put(added: readonly StoredCall[]): void {
    const byId = new Map(added.map((call) => [call.id, call]))
    removeAll(new Set(byId.keys()))
    calls.push(...byId.values())
    calls.sort(newestFirst)
  }

  function get(id: number): StoredCall | undefined {
    const now = nowMs()
    return calls.find((call) => call.id === id && call.createdMs <= now)
  }

  return {
    find,
    put,
    select(filter, offset, limit, order = 'newest-first') {
      const matching = find(filter)
      const found = order === 'oldest-first' ? matching.toReversed() : matching
      const now = nowMs()
      const results = found.slice(offset, offset + limit).map((call) => call.read(now))
      return { count: found.length, results }
    },
    insert(added) {
      put(added.map(written))
    },
    get,
    update(id, change) {
      const current = get(id)
      if (current) put([withChange(current, change)])
      return current !== undefined
    },
    remove(ids) {
      removeAll(new Set(ids))
    },
  }
}
