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

/** Rows of a data set, newest first. */
interface Rows {
  length: number
  index(n: number): number
  /** How many have that index or a larger one, and so are newer. */
  countFrom(index: number): number
}

/** The first number from 0 up to `length` for which it holds; it holds for all after it. */
function lowerBound(length: number, holds: (n: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** Every index of a span but some of its own, which are given largest first. */
function withoutIndexes(start: number, end: number, left: readonly number[]): Rows {
  return {
    length: end - start - left.length,
    // The k-th that is left out lies before the n-th that stays when n + k reaches it.
    index: (n) => end - 1 - n - lowerBound(left.length, (k) => end - 1 - left[k]! - k > n),
    countFrom(index) {
      const from = Math.min(Math.max(index, start), end)
      return end - from - lowerBound(left.length, (k) => left[k]! < from)
    },
  }
}

/** Index of the first row that stands before a call, newest first; equal instants go by id. */
function firstNewer(set: Dataset, { timestamp, id }: CallLog): number {
  const time = Date.parse(timestamp)
  let index = set.countBefore(time)
  while (index < set.rows && set.timeAt(index) === time && set.idAt(index) < id) index++
  return index
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
  function computed(set: Dataset, filter: Filter): Rows {
    const { fromMs, toMs, ids, assistantId } = filter
    const start = fromMs === undefined ? 0 : set.countBefore(fromMs)
    const end = Math.max(start, toMs === undefined ? set.rows : set.countBefore(toMs + 1))
    if (ids === undefined && assistantId === undefined) {
      const replaced = [...changes.keys()]
        .map((id) => set.indexOf(id))
        .filter((index) => index !== undefined && index >= start && index < end)
        .sort((a, b) => b! - a!) as number[]
      return withoutIndexes(start, end, replaced)
    }
    const candidates = ids
      ? [...new Set(ids)]
          .map((id) => set.indexOf(id))
          .filter((index) => index !== undefined)
          .filter((index) => index >= start && index < end)
          .sort((a, b) => b - a)
      : Array.from({ length: end - start }, (_, n) => end - 1 - n)
    const left = candidates.filter(
      (index) =>
        (assistantId === undefined || set.hasAssistant(index, assistantId)) &&
        !(changes.size > 0 && changes.has(set.idAt(index))),
    )
    return {
      length: left.length,
      index: (n) => left[n]!,
      countFrom: (index) => lowerBound(left.length, (n) => left[n]! < index),
    }
  }

  return {
    select(filter, offset, limit) {
      const set = sets.get(filter.agentId)
      const rows = set ? computed(set, filter) : withoutIndexes(0, 0, [])
      const own = [...changes.values()]
        .filter((call) => call !== null)
        .filter((call) => filter.assistantId === undefined && matches(call, filter))
        .sort(newestFirst)
      const count = rows.length + own.length
      // Where each changed call stands among all, so that a page costs no more than its own rows.
      const ranks = own.map((call, n) => n + (set ? rows.countFrom(firstNewer(set, call)) : 0))
      const results: CallLog[] = []
      let before = lowerBound(ranks.length, (n) => ranks[n]! >= offset)
      for (let rank = offset; rank < Math.min(offset + limit, count); rank++) {
        if (ranks[before] === rank) results.push(own[before++]!)
        else results.push(set!.at(rows.index(rank - before)))
      }
      return { count, results }
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
