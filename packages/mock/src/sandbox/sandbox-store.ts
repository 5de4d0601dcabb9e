import type { CallLog } from '@cekura-kit/types'
import { createDataset, type Dataset } from './dataset.ts'

export interface StoreOptions {
  seed: number
  rows: number
  startMs: number
  endMs: number
}

export interface Filter {
  agentId: number
  fromMs?: number | undefined
  toMs?: number | undefined
  ids?: readonly number[] | undefined
  assistantId?: string | undefined
}

export interface Slice {
  count: number
  results: CallLog[]
}

/** The agents of a sandbox; the second one is small. */
export const agentIds = [2142, 2143] as const

/** Call logs of a sandbox: computed rows, and what was inserted, changed or deleted since. */
export interface SandboxStore {
  select(filter: Filter, offset: number, limit: number): Slice
  insert(calls: readonly CallLog[]): void
  update(id: number, change: Partial<CallLog>): boolean
  remove(ids: readonly number[]): void
}

// Newest first; equal instants by id, so that the order is total.
const newestFirst = (a: CallLog, b: CallLog): number =>
  Date.parse(b.timestamp) - Date.parse(a.timestamp) || b.id - a.id

const matches = (call: CallLog, { agentId, fromMs, toMs, ids }: Filter): boolean => {
  const time = Date.parse(call.timestamp)
  return (
    call.agent === agentId &&
    (fromMs === undefined || time >= fromMs) &&
    (toMs === undefined || time <= toMs) &&
    (ids === undefined || ids.includes(call.id))
  )
}

/** A store of computed rows. Memory is spent on what control has changed, and on nothing else. */
export function createSandboxStore({ seed, rows, startMs, endMs }: StoreOptions): SandboxStore {
  const sets = new Map<number, Dataset>(
    agentIds.map((agentId, index) => [
      agentId,
      createDataset({
        seed,
        rows: index === 0 ? rows : Math.ceil(rows / 8),
        agentId,
        startMs,
        endMs,
      }),
    ]),
  )
  /** By id: a row instead of the computed one, or null for one that was deleted. */
  const changes = new Map<number, CallLog | null>()

  /** Indexes of computed rows that match, newest first, as a length and a look-up. */
  function computed(set: Dataset, filter: Filter): { length: number; index(n: number): number } {
    const { fromMs, toMs, ids, assistantId } = filter
    const start = fromMs === undefined ? 0 : set.countBefore(fromMs)
    const end = toMs === undefined ? set.rows : set.countBefore(toMs + 1)
    if (ids === undefined && assistantId === undefined && changes.size === 0)
      return { length: Math.max(0, end - start), index: (n) => end - 1 - n }
    const candidates = ids
      ? [...new Set(ids)]
          .map((id) => set.indexOf(id))
          .filter((index) => index !== undefined)
          .filter((index) => index >= start && index < end)
          .sort((a, b) => b - a)
      : Array.from({ length: Math.max(0, end - start) }, (_, n) => end - 1 - n)
    const left = candidates.filter(
      (index) =>
        (assistantId === undefined || set.hasAssistant(index, assistantId)) &&
        !(changes.size > 0 && changes.has(set.at(index).id)),
    )
    return { length: left.length, index: (n) => left[n]! }
  }

  return {
    select(filter, offset, limit) {
      const set = sets.get(filter.agentId)
      const rows = set ? computed(set, filter) : { length: 0, index: () => 0 }
      const own = [...changes.values()]
        .filter((call) => call !== null)
        .filter((call) => filter.assistantId === undefined && matches(call, filter))
        .sort(newestFirst)
      const count = rows.length + own.length
      if (own.length === 0) {
        const last = Math.min(offset + limit, count)
        const results: CallLog[] = []
        for (let n = offset; n < last; n++) results.push(set!.at(rows.index(n)))
        return { count, results }
      }
      const all = Array.from({ length: rows.length }, (_, n) => set!.at(rows.index(n)))
      return { count, results: [...all, ...own].sort(newestFirst).slice(offset, offset + limit) }
    },
    insert(calls) {
      for (const call of calls) changes.set(call.id, call)
    },
    update(id, change) {
      const set = [...sets.values()].find((candidate) => candidate.indexOf(id) !== undefined)
      const current = changes.has(id) ? changes.get(id) : set?.at(set.indexOf(id)!)
      if (!current) return false
      changes.set(id, { ...current, ...change, id })
      return true
    },
    remove(ids) {
      for (const id of ids) changes.set(id, null)
    },
  }
}
