import type { TimeRange } from '@cekura-kit/call-format'
import type { CekuraClient } from '@cekura-kit/client'
import { LRUCache } from 'lru-cache'
import { namedRanges, type RangeName } from '../shared/ranges.ts'
import { loadRange } from './load-range.ts'
import type { Slice } from './plan-slices.ts'
import type { PreparedCall } from './prepare-call.ts'

/** The calls of a range that are loaded, as of one moment. */
export interface Snapshot {
  /** Newest first, all from `completeFrom` to the end of the range. */
  calls: readonly PreparedCall[]
  completeFrom: number
  /** The range has more calls than are kept. */
  isPart: boolean
}

export interface RangeEntry {
  agentId: number
  range: TimeRange
  snapshot: Snapshot
  progress: { loaded: number; expected: number | undefined }
  /** Resolves when there is something to show. */
  first: Promise<void>
  /** Resolves when the range is loaded. */
  done: Promise<void>
  isDone: boolean
  error?: unknown
  /** When the load ended. */
  endedAt?: number
  /** When the oldest of its calls were loaded. */
  readAt: number
}

/** `newer` reloads what was loaded long ago; `all` reloads everything. */
export type Fresh = 'newer' | 'all'

export interface RangeCache {
  /** What a named range means now; the same for all users of the next minutes. */
  pin(agentId: number, name: RangeName, zone: string, isFresh: boolean): TimeRange
  /**
   * The range, loaded if it is not yet; all users share one load. Without `fresh`, calls that were
   * loaded long ago are served unchanged.
   */
  open(agentId: number, range: TimeRange, fresh?: Fresh): RangeEntry
  /** Stops every load. */
  close(): void
}

export interface RangeCacheOptions {
  client: CekuraClient
  /** Calls kept per range. */
  maxRows: number
  pageSize: number
  /** Whether the search looks at personal data. */
  isSearched: boolean
  now: () => number
}

/** More ranges are loading than the server accepts. */
export class BusyError extends Error {}

const maxRanges = 16
/** Calls kept over all ranges, in ranges of the maximum size. */
const maxFullRanges = 4
/** Ranges loading at a time; each can take as much memory as a kept one. */
const maxLoads = 6
const pinAgeMs = 10 * 60_000
/** Users who request newer calls at the same time get the same range. */
const minPinAgeMs = 2000
/** A failed load is not retried sooner. */
const failureAgeMs = 2000
const rangeAgeMs = 30 * 60_000
/** An evaluation arrives some minutes after its call, so the last hour is loaded again. */
const unsettledMs = 60 * 60_000

/** Until when a loaded range has the calls of another one. */
const coveredUntil = ({ range, isDone }: RangeEntry, { from, to }: TimeRange): number =>
  range.to >= to ? to : isDone ? range.to - unsettledMs : from

/** The loaded range that has most of the end of another one. */
function findCover(
  entries: Iterable<RangeEntry>,
  agentId: number,
  range: TimeRange,
): RangeEntry | undefined {
  return [...entries]
    .filter((entry) => {
      const until = coveredUntil(entry, range)
      const { completeFrom } = entry.snapshot
      return (
        entry.agentId === agentId &&
        (entry.isDone || entry.error !== undefined) &&
        entry.range.from <= range.from &&
        completeFrom < until &&
        until > range.from
      )
    })
    .toSorted(
      (a, b) =>
        coveredUntil(b, range) - coveredUntil(a, range) ||
        a.snapshot.completeFrom - b.snapshot.completeFrom,
    )[0]
}

/** A range in parts, newest first; what another range has need not be loaded. */
function planParts(range: TimeRange, cover: RangeEntry | undefined): Slice[] {
  const { from, to } = range
  if (!cover) return [{ from, to }]
  const until = coveredUntil(cover, range)
  const since = Math.max(from, cover.snapshot.completeFrom)
  const calls = cover.snapshot.calls.filter(({ at }) => since <= at && at < until)
  return [
    { from: until, to },
    { from: since, to: until, calls },
    { from, to: since },
  ].filter((part) => part.to > part.from)
}

/** What named ranges mean now, for some minutes. */
function createPins(now: () => number): RangeCache['pin'] {
  const pins = new LRUCache<string, number>({ max: 1000 })
  return (agentId, name, zone, isFresh) => {
    const key = `${agentId} ${name} ${zone}`
    const time = now()
    let end = pins.get(key)
    if (end === undefined || time - end > (isFresh ? minPinAgeMs : pinAgeMs))
      // Whole seconds, so that users who come at the same time share a range.
      pins.set(key, (end = Math.floor(time / 1000) * 1000))
    return namedRanges[name].plan(end, zone)
  }
}

/** Ranges of calls, each loaded once. */
export function createRangeCache(options: RangeCacheOptions): RangeCache {
  const { maxRows, now } = options
  const entries = new LRUCache<string, RangeEntry>({
    max: maxRanges,
    maxSize: maxRows * maxFullRanges,
    sizeCalculation: ({ snapshot }) => Math.max(1, snapshot.calls.length),
  })
  const closing = new AbortController()
  let loads = 0

  const isOld = ({ readAt }: RangeEntry): boolean => now() - readAt > rangeAgeMs
  const isReload = (known: RangeEntry, fresh: Fresh | undefined): boolean => {
    const age = now() - (known.endedAt ?? Infinity)
    if (known.error !== undefined) return age > failureAgeMs
    return (
      (fresh === 'all' && age > failureAgeMs) ||
      (fresh !== undefined && known.isDone && isOld(known))
    )
  }

  function start(key: string, agentId: number, range: TimeRange, isWhole: boolean): RangeEntry {
    const recent = [...entries.values()].filter((entry) => !isOld(entry))
    const cover = isWhole ? undefined : findCover(recent, agentId, range)
    const parts = planParts(range, cover)
    if (loads >= maxLoads && parts.some(({ calls }) => !calls))
      throw new BusyError('Too many ranges are loading.')
    loads += 1
    let showFirst: () => void
    const shown = new Promise<void>((resolve) => (showFirst = resolve))
    const entry = {
      agentId,
      range,
      snapshot: { calls: [], completeFrom: range.to, isPart: false },
      progress: { loaded: 0, expected: undefined },
      isDone: false,
      readAt: cover?.readAt ?? now(),
    } as unknown as RangeEntry
    entry.done = loadRange({
      ...options,
      agentId,
      parts,
      signal: closing.signal,
      onCalls(calls, completeFrom, isPart) {
        entry.snapshot = { calls, completeFrom, isPart }
        if (calls.length > 0) showFirst()
      },
      onProgress: (loaded, expected) => (entry.progress = { loaded, expected }),
    })
    entry.first = Promise.race([shown, entry.done])
    const settle = (change: Partial<RangeEntry>): void => {
      Object.assign(entry, change, { endedAt: now() })
      loads -= 1
      // Its size is known now.
      if (entries.peek(key) === entry) entries.set(key, entry)
    }
    entry.first.catch(() => {})
    entry.done.then(
      () => settle({ isDone: true }),
      (error: unknown) => settle({ error }),
    )
    return entry
  }

  return {
    pin: createPins(now),
    open(agentId, range, fresh) {
      const key = `${agentId} ${range.from} ${range.to}`
      const known = entries.get(key)
      if (known && !isReload(known, fresh)) return known
      const entry = start(key, agentId, range, fresh === 'all')
      entries.set(key, entry)
      return entry
    },
    close: () => closing.abort(),
  }
}
