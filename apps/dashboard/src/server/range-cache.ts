import type { TimeRange } from '@cekura-kit/call-format'
import { LRUCache } from 'lru-cache'
import { namedRanges, type RangeName } from '../shared/ranges.ts'
import { loadRange } from './load-range.ts'
import type { Loaded, LoadOptions, Slice, Snapshot } from './load-range.ts'
import { Rejection } from './problem.ts'

/** A range that is loaded or loading. */
export interface RangeEntry extends Loaded {
  range: RangeOfAgent
  state: 'loading' | 'ready' | 'failed'
  error?: unknown
  failedAt?: number
  /** When the oldest of its calls were loaded. */
  readAt: number
  /** Requests that wait for it. */
  waiting: Set<AbortSignal>
  /** Is on a page, so it is loaded also when no request waits for it. */
  isOpen: boolean
  /** Resolves when there is something to show. */
  first: Promise<void>
  /** Resolves when the range is loaded. */
  done: Promise<void>
  stop: AbortController
}

/** The calls of an agent from a time up to another one. */
export interface RangeOfAgent extends TimeRange {
  agent_id: number
}

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

/** How to load a range: in parts, newest first. What a kept range has need not be loaded again. */
function planParts(
  kept: readonly RangeEntry[],
  { agent_id, from, to }: RangeOfAgent,
): { parts: Slice[]; readAt?: number } {
  const [known] = kept
    .filter(({ range }) => range.agent_id === agent_id && range.from <= from)
    .map(({ range, snapshot, readAt }) => ({
      since: Math.max(from, snapshot.completeFrom),
      until: range.to >= to ? to : range.to - unsettledMs,
      snapshot,
      readAt,
    }))
    .filter(({ since, until }) => since < until)
    .toSorted((a, b) => b.until - b.since - (a.until - a.since))
  if (!known) return { parts: [{ from, to }] }
  const { since, until, snapshot, readAt } = known
  const calls = snapshot.calls.filter(({ at }) => since <= at && at < until)
  const parts = [
    { from: until, to },
    { from: since, to: until, calls },
    { from, to: since },
  ]
  return { parts: parts.filter((part) => part.from < part.to), readAt }
}

/** What a named range means now; the same for all users of the next minutes. */
export function createPins(now: () => number) {
  const pins = new LRUCache<string, number>({ max: 1000 })
  return (agentId: number, name: RangeName, zone: string, isFresh: boolean): TimeRange => {
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
  options: LoadOptions & { now: () => number },
  range: RangeOfAgent,
  parts: readonly Slice[],
  readAt: number,
): RangeEntry {
  const stop = new AbortController()
  let showFirst!: () => void
  const shown = new Promise<void>((resolve) => (showFirst = resolve))
  const entry: RangeEntry = {
    range,
    snapshot: { calls: [], completeFrom: range.to, isPart: false },
    loaded: 0,
    expected: Number.NaN,
    state: 'loading',
    readAt,
    waiting: new Set(),
    isOpen: false,
    first: shown,
    done: shown,
    stop,
  }
  const onChange = (change: Partial<RangeEntry>): void => {
    Object.assign(entry, change)
    if (entry.snapshot.calls.length > 0) showFirst()
  }
  const load = { agentId: range.agent_id, parts, signal: stop.signal, onChange }
  entry.done = loadRange(options, load).then(
    () => onChange({ state: 'ready' }),
    (error: unknown) => {
      onChange({ state: 'failed', error, failedAt: options.now() })
      throw error
    },
  )
  entry.first = Promise.race([shown, entry.done])
  entry.first.catch(() => {})
  return entry
}

/** Ranges of calls, each loaded once. */
export function createRangeCache(options: LoadOptions & { now: () => number }) {
  const { maxRows, now } = options
  const entries = new LRUCache<string, RangeEntry>({
    max: maxRanges,
    maxSize: maxRows * maxFullRanges,
    sizeCalculation: ({ snapshot }) => Math.max(1, snapshot.calls.length),
    dispose: ({ stop }) => stop.abort(),
  })

  const isKept = (entry: RangeEntry): boolean => entries.peek(keyOf(entry.range)) === entry
  const isOld = ({ readAt }: RangeEntry, maxAgeMs: number): boolean => now() - readAt > maxAgeMs

  function add(range: RangeOfAgent, maxAgeMs: number): RangeEntry {
    const kept = [...entries.values()]
    const recent = kept.filter((entry) => !isOld(entry, maxAgeMs))
    const { parts, readAt = now() } = planParts(recent, range)
    const loads = kept.filter(({ state }) => state === 'loading').length
    if (loads >= maxLoads && parts.some(({ calls }) => !calls)) {
      const fix = 'Other time ranges are loading. Try again in a moment.'
      throw new Rejection(429, 'busy', 'The dashboard is busy', fix)
    }
    const entry = startLoad(options, range, parts, readAt)
    entries.set(keyOf(range), entry)
    const updateSize = (): void => {
      // The cache does not read the size of the same value again.
      if (isKept(entry) && entries.delete(keyOf(range))) entries.set(keyOf(range), entry)
    }
    entry.done.then(updateSize, updateSize)
    return entry
  }

  /** The range as it is kept, unless it is older than an age or has failed. */
  function find(range: RangeOfAgent, maxAgeMs: number): RangeEntry {
    const known = entries.get(keyOf(range))
    const isFailed = known?.failedAt !== undefined && now() - known.failedAt > minAgeMs
    const isUsable = known && !isFailed && !(known.state === 'ready' && isOld(known, maxAgeMs))
    return isUsable ? known : add(range, Math.min(maxAgeMs, rangeAgeMs))
  }

  return {
    /**
     * A range for a page, loaded if it is not yet; all users share one load.
     *
     * @param isReload loads calls again that are older than some seconds, not only than half an hour
     */
    open(range: RangeOfAgent, isReload: boolean): RangeEntry {
      const entry = find(range, isReload ? minAgeMs : rangeAgeMs)
      entry.isOpen = true
      return entry
    },
    /**
     * Waits until there is something to show of a range, or until it is loaded. A load for which only
     * aborted requests waited is stopped.
     */
    async read(range: RangeOfAgent, isComplete: boolean, signal: AbortSignal): Promise<Snapshot> {
      const entry = find(range, Infinity)
      const leave = (): void => {
        entry.waiting.delete(signal)
        const isWanted = entry.isOpen || entry.waiting.size > 0
        if (!isWanted && isKept(entry)) entries.delete(keyOf(range))
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
    /** Stops every load. */
    close: () => entries.clear(),
  }
}

export type RangeCache = ReturnType<typeof createRangeCache>
