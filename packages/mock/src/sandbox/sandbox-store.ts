import type { CallLog } from '@cekura-kit/types'
import { assistantOfStranger, everyRow, type Members } from './assistant-share.ts'
import { createDataset, longestDelayMs, type Dataset } from './dataset.ts'

export interface StoreOptions {
  seed: number
  rows: number
  startMs: number
  endMs: number
}

export interface Filter {
  agentId: number
  /** The instants themselves are included. */
  fromMs?: number | undefined
  toMs?: number | undefined
  ids?: readonly number[] | undefined
  assistantId?: string | undefined
}

export type Order = 'newest-first' | 'oldest-first'

export interface Slice {
  count: number
  results: CallLog[]
}

/** The agents of a sandbox; the second one is small. */
export const agentIds = [2142, 2143] as const

/** Call logs of a sandbox: computed rows, and what was inserted, changed or deleted since. */
export interface SandboxStore {
  select(filter: Filter, offset: number, limit: number, order?: Order): Slice
  insert(calls: readonly CallLog[]): void
  update(id: number, change: Partial<CallLog>): boolean
  remove(ids: readonly number[]): void
  /**
   * The computed rows as they stood at that instant; undefined for all that ever comes of them.
   * What control wrote shows as it was written.
   */
  setClock(nowMs: number | undefined): void
}

// Newest first; equal instants by id, so that the order is total.
const newestFirst = (a: CallLog, b: CallLog): number =>
  Date.parse(b.timestamp) - Date.parse(a.timestamp) || b.id - a.id

const matches = (call: CallLog, filter: Filter): boolean => {
  const { agentId, fromMs = -Infinity, toMs = Infinity, ids = [call.id] } = filter
  const time = Date.parse(call.timestamp)
  return call.agent === agentId && time >= fromMs && time <= toMs && ids.includes(call.id)
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

/** The members of a span but some of its own, whose indexes are given largest first. */
function membersWithout(
  members: Members,
  start: number,
  end: number,
  left: readonly number[],
): Rows {
  const first = members.countBefore(start)
  const last = members.countBefore(end)
  const out = left.filter((index) => members.has(index)).map((index) => members.countBefore(index))
  return {
    length: last - first - out.length,
    // The k-th that is left out lies before the n-th that stays when n + k reaches it.
    index: (n) =>
      members.at(last - 1 - n - lowerBound(out.length, (k) => last - 1 - out[k]! - k > n)),
    countFrom(index) {
      const from = members.countBefore(Math.min(Math.max(index, start), end))
      return last - from - lowerBound(out.length, (k) => out[k]! < from)
    },
  }
}

/** Index of the first row that stands before a call, newest first; equal instants go by id. */
function firstNewer(set: Dataset, { timestamp, id }: CallLog): number {
  const time = Date.parse(timestamp)
  let index = set.countBefore(time)
  while (set.timeAt(index) === time && set.idAt(index) < id) index++
  return index
}

/** A store of computed rows. Memory is spent on what control has changed, and on nothing else. */
export function createSandboxStore({ seed, rows, startMs, endMs }: StoreOptions): SandboxStore {
  const sets = agentIds.map((agentId, n) =>
    createDataset({ seed, rows: n === 0 ? rows : Math.ceil(rows / 8), agentId, startMs, endMs }),
  )
  const setOf = (agentId: number): Dataset | undefined =>
    sets[agentIds.findIndex((id) => id === agentId)]
  /** By id: a row instead of the computed one, or null for one that was deleted. */
  const changes = new Map<number, CallLog | null>()
  /** For ever later than all that comes of the calls, while no clock is set. */
  let now = Infinity
  /** Made again after a write or a move of the clock, not for each request. */
  let written: CallLog[] | undefined
  let absent = new Map<Dataset, number[]>()
  const forget = (): void => {
    written = undefined
    absent = new Map()
  }

  const writtenRows = (): CallLog[] =>
    (written ??= [...changes.values()].filter((call) => call !== null).sort(newestFirst))

  /** Indexes of what has been changed, or is under way yet, largest first. */
  function absentRows(set: Dataset): number[] {
    const known = absent.get(set)
    if (known) return known
    const found = new Set<number>()
    for (const id of changes.keys()) {
      const index = set.indexOf(id)
      if (index !== undefined) found.add(index)
    }
    // A long call is recorded after a short one that began later.
    for (let n = set.countBefore(now - longestDelayMs); n < set.countBefore(now + 1); n++)
      if (set.createdAt(n) > now) found.add(n)
    const sorted = [...found].sort((a, b) => b - a)
    absent.set(set, sorted)
    return sorted
  }

  /** Computed rows that match, newest first, as a length and a look-up. */
  function computed(set: Dataset, filter: Filter): Rows {
    const { fromMs = -Infinity, toMs = Infinity, ids, assistantId } = filter
    const start = set.countBefore(fromMs)
    const end = Math.max(start, set.countBefore(Math.min(toMs, now) + 1))
    const members = assistantId === undefined ? everyRow : set.ofAssistant(assistantId)
    const left = absentRows(set)
    if (ids === undefined) {
      const within = left.slice(
        lowerBound(left.length, (n) => left[n]! < end),
        lowerBound(left.length, (n) => left[n]! < start),
      )
      return membersWithout(members, start, end, within)
    }
    const isAbsent = new Set(left)
    const asked = [...new Set(ids)]
      .map((id) => set.indexOf(id) ?? -1)
      .filter((n) => n >= start && n < end && members.has(n) && !isAbsent.has(n))
      .sort((a, b) => b - a)
    return {
      length: asked.length,
      index: (n) => asked[n]!,
      countFrom: (index) => lowerBound(asked.length, (n) => asked[n]! < index),
    }
  }

  function hasAssistant(id: number, assistantId: string): boolean {
    for (const set of sets) {
      const index = set.indexOf(id)
      if (index !== undefined) return set.ofAssistant(assistantId).has(index)
    }
    return assistantOfStranger(id) === assistantId
  }

  return {
    select(filter, offset, limit, order = 'newest-first') {
      const { assistantId } = filter
      const set = setOf(filter.agentId)
      const among = set ? computed(set, filter) : membersWithout(everyRow, 0, 0, [])
      const own = writtenRows().filter(
        (call) =>
          matches(call, filter) &&
          (assistantId === undefined || hasAssistant(call.id, assistantId)),
      )
      const count = among.length + own.length
      const [from, to] =
        order === 'newest-first'
          ? [offset, Math.min(offset + limit, count)]
          : [Math.max(0, count - offset - limit), count - offset]
      // Where each changed call stands among all, so that a page costs no more than its own rows.
      const ranks = own.map((call, n) => n + (set ? among.countFrom(firstNewer(set, call)) : 0))
      const results: CallLog[] = []
      let before = lowerBound(ranks.length, (n) => ranks[n]! >= from)
      for (let rank = from; rank < to; rank++) {
        if (ranks[before] === rank) results.push(own[before++]!)
        else results.push(set!.at(among.index(rank - before), now))
      }
      return { count, results: order === 'newest-first' ? results : results.toReversed() }
    },
    insert(calls) {
      for (const call of calls) changes.set(call.id, call)
      forget()
    },
    update(id, change) {
      const set = sets.find((candidate) => candidate.indexOf(id) !== undefined)
      const index = set?.indexOf(id)
      const isThere = index !== undefined && set!.createdAt(index) <= now
      const current = changes.has(id) ? changes.get(id) : isThere && set!.at(index, now)
      if (!current) return false
      changes.set(id, { ...current, ...change, id })
      forget()
      return true
    },
    remove(ids) {
      for (const id of ids) changes.set(id, null)
      forget()
    },
    setClock(nowMs = Infinity) {
      if (nowMs === now) return
      now = nowMs
      forget()
    },
  }
}
