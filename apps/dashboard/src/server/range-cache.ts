import type { TimeRange } from '@cekura-kit/call-format'
import { LRUCache } from 'lru-cache'
import { namedRanges, type RangeName } from '../shared/ranges.ts'
import {
  loadRange,
  type LoadOptions,
  type Progress,
  type Slice,
  type Snapshot,
} from './load-range.ts'

interface LoadState {
  agentId: number
  range: TimeRange
  snapshot: Snapshot
  progress: Progress
  isDone: boolean
  error?: unknown
  failedAt?: number
  /** When the oldest of its calls were loaded. */
  readAt: number
  /** Requests that wait for it. */
  waiting: Set<AbortSignal>
  /** Is on a page, so it is loaded also when no request waits for it. */
  isOpen: boolean
  stop: AbortController
}

/** A range that is loaded or loading. */
export interface RangeEntry extends LoadState {
  /** Resolves when there is something to show. */
  first: Promise<void>
  /** Resolves when the range is loaded. */
  done: Promise<void>
}

/** The calls of an agent from a time up to another one. */
export interface RangeOfAgent extends TimeRange {
  agent_id: number
}

export interface RangeCache {
  /** What a named range means now; the same for all users of the next minutes. */
  pin(agentId: number, name: RangeName, zone: string, isFresh: boolean): TimeRange
  /**
   * A range for a page, loaded if it is not yet; all users share one load.
   *
   * @param isReload loads calls again that are older than some seconds, not only than half an hour
   */
  open(range: RangeOfAgent, isReload: boolean): RangeEntry
  /**
   * Waits until there is something to show of a range, or until it is loaded. A load for which only
   * aborted requests waited is stopped.
   */
  read(range: RangeOfAgent, isComplete: boolean, signal: AbortSignal): Promise<Snapshot>
  /** Stops every load. */
  close(): void
}

/** More ranges are loading than the server accepts. */
export class BusyError extends Error {}

const maxRanges = 16
/** Calls kept over all ranges, in ranges of the maximum size. */
const maxFullRanges = 4
/** Ranges loading at a time; each can take as much memory as a kept one. */
const maxLoads = 6
const pinAgeMs = 10 * 60_000
/** Users who reload at the same time, or after a failure, share a load. */
const minAgeMs = 2000
const rangeAgeMs = 30 * 60_000
/** An evaluation arrives some minutes after its call, so the last hour is loaded again. */
const unsettledMs = 60 * 60_000

/** Until when a loaded range has the calls of another one. */
const coveredUntil = ({ range, isDone }: RangeEntry, { from, to }: TimeRange): number =>
  range.to >= to ? to : isDone ? range.to - unsettledMs : from

/** The loaded range that has most of the end of another one. */
function findCover(entries: readonly RangeEntry[], range: RangeOfAgent): RangeEntry | undefined {
  return entries
    .filter((entry) => {
      const until = coveredUntil(entry, range)
      const { completeFrom } = entry.snapshot
      return (
        entry.agentId === range.agent_id &&
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
    if (end === undefined || time - end > (isFresh ? minAgeMs : pinAgeMs))
      // Whole seconds, so that users who come at the same time share a range.
      pins.set(key, (end = Math.floor(time / 1000) * 1000))
    return namedRanges[name].plan(end, zone)
  }
}

const keyOf = ({ agent_id, from, to }: RangeOfAgent): string => `${agent_id} ${from} ${to}`

/** Starts to load the parts of a range. */
function startLoad(
  options: LoadOptions,
  { agent_id: agentId, from, to }: RangeOfAgent,
  parts: readonly Slice[],
  readAt: number,
): RangeEntry {
  let showFirst!: () => void
  const shown = new Promise<void>((resolve) => (showFirst = resolve))
  const stop = new AbortController()
  const state: LoadState = {
    agentId,
    range: { from, to },
    snapshot: { calls: [], completeFrom: to, isPart: false },
    progress: { loaded: 0, expected: undefined },
    isDone: false,
    readAt,
    waiting: new Set(),
    isOpen: false,
    stop,
  }
  const done = loadRange(options, {
    agentId,
    parts,
    signal: stop.signal,
    onCalls(snapshot) {
      state.snapshot = snapshot
      if (snapshot.calls.length > 0) showFirst()
    },
    onProgress: (progress) => (state.progress = progress),
  })
  const first = Promise.race([shown, done])
  first.catch(() => {})
  return Object.assign(state, { first, done })
}

/** Ranges of calls, each loaded once. */
export function createRangeCache(options: LoadOptions & { now: () => number }): RangeCache {
  const { maxRows, now } = options
  const entries = new LRUCache<string, RangeEntry>({
    max: maxRanges,
    maxSize: maxRows * maxFullRanges,
    sizeCalculation: ({ snapshot }) => Math.max(1, snapshot.calls.length),
    dispose: ({ stop }) => stop.abort(),
  })
  let loads = 0

  const isOld = ({ readAt }: RangeEntry, maxAgeMs: number): boolean => now() - readAt > maxAgeMs

  function add(range: RangeOfAgent, maxAgeMs: number): RangeEntry {
    const key = keyOf(range)
    const recent = [...entries.values()].filter((entry) => !isOld(entry, maxAgeMs))
    const cover = findCover(recent, range)
    const parts = planParts(range, cover)
    if (loads >= maxLoads && parts.some(({ calls }) => !calls))
      throw new BusyError('Too many ranges are loading.')
    loads += 1
    const entry = startLoad(options, range, parts, cover?.readAt ?? now())
    entries.set(key, entry)
    const settle = (change: Partial<RangeEntry>): void => {
      Object.assign(entry, change)
      loads -= 1
      if (entries.peek(key) !== entry) return
      // Its size is known now; the cache does not read it again for the same value.
      entries.delete(key)
      entries.set(key, entry)
    }
    entry.done.then(
      () => settle({ isDone: true }),
      (error: unknown) => settle({ error, failedAt: now() }),
    )
    return entry
  }

  /** The range as it is kept, unless it is older than an age or has failed. */
  function find(range: RangeOfAgent, maxAgeMs: number): RangeEntry {
    const known = entries.get(keyOf(range))
    const isFailed = known?.failedAt !== undefined && now() - known.failedAt > minAgeMs
    const isKept = known && !isFailed && !(known.isDone && isOld(known, maxAgeMs))
    return isKept ? known : add(range, Math.min(maxAgeMs, rangeAgeMs))
  }

  return {
    pin: createPins(now),
    open(range, isReload) {
      const entry = find(range, isReload ? minAgeMs : rangeAgeMs)
      entry.isOpen = true
      return entry
    },
    async read(range, isComplete, signal) {
      const entry = find(range, Infinity)
      const leave = (): void => {
        entry.waiting.delete(signal)
        const key = keyOf(range)
        const isWanted = entry.isOpen || entry.waiting.size > 0
        if (!isWanted && entries.peek(key) === entry) entries.delete(key)
      }
      entry.waiting.add(signal)
      signal.addEventListener('abort', leave)
      try {
        await (isComplete ? entry.done : entry.first)
      } catch (error) {
        // What is loaded can be shown.
        if (isComplete || entry.snapshot.calls.length === 0) throw error
      } finally {
        entry.waiting.delete(signal)
        signal.removeEventListener('abort', leave)
      }
      return entry.snapshot
    },
    close: () => entries.clear(),
  }
}
