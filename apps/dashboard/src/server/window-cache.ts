import type { CekuraClient } from '@cekura-kit/client'
import { rangeSpansMs, type RangeName } from '../shared/dashboard-api.ts'
import { loadWindow, type LoadedWindow, type LoadProgress, type TimeRange } from './load-window.ts'

export interface WindowEntry {
  agentId: number
  range: TimeRange
  progress: LoadProgress
  /** Settled once the walk has ended. */
  result: Promise<LoadedWindow>
  loaded?: LoadedWindow
  error?: unknown
  /** When the walk ended. */
  loadedAt?: number
  /** When the oldest of its calls were read. */
  readAt: number
}

/** `newer` reads again what was read long ago; `all` reads everything again. */
export type Fresh = 'newer' | 'all'

export interface WindowCache {
  /** The instants that a named range means now; the same for all readers of the next minutes. */
  pin(agentId: number, name: RangeName, isFresh: boolean): TimeRange
  /**
   * The window, read if nobody has; all readers share one walk. Without `fresh`, calls that were
   * read long ago are served as they are.
   */
  open(agentId: number, range: TimeRange, fresh?: Fresh): WindowEntry
  /** Ends every walk. */
  close(): void
}

export interface WindowCacheOptions {
  client: CekuraClient
  /** Calls kept of one window; default 50 000. */
  maxRows: number
  /** Windows kept; the least recently used goes first. */
  maxWindows: number
  /** Calls kept over all windows. */
  maxTotalRows: number
  pageSize: number
  now: () => number
}

/** More ranges are being loaded than the server accepts. */
export class BusyError extends Error {}

/** Ranges loaded at a time; each can take as much memory as a kept one. */
const maxLoads = 6
/** A pin this old is made anew; a reader who wants it sooner asks. */
const pinAgeMs = 10 * 60_000
/** Readers who ask at once for what is new get the same pin. */
const minPinAgeMs = 2000
/** A failed walk may be tried again after this long, so that a page that asks often does no harm. */
const failureAgeMs = 2000
const windowAgeMs = 30 * 60_000
/** An evaluation arrives some minutes after its call, so the end of what is known is read again. */
const unsettledMs = 60 * 60_000

/** Windows of calls, each walked once. */
export function createWindowCache(options: WindowCacheOptions): WindowCache {
  const { client, maxRows, maxWindows, maxTotalRows, pageSize, now } = options
  const entries = new Map<string, WindowEntry>()
  const pins = new Map<string, number>()
  const closing = new AbortController()

  const total = (): number =>
    [...entries.values()].reduce((sum, { loaded }) => sum + (loaded?.calls.length ?? 0), 0)

  function evict(): void {
    for (const [key, entry] of entries) {
      if (entries.size <= maxWindows && total() <= maxTotalRows) return
      if (entry.loaded || entry.error !== undefined) entries.delete(key)
    }
  }

  function isStale({ error, loadedAt, readAt }: WindowEntry): boolean {
    if (loadedAt === undefined) return false
    return error === undefined ? now() - readAt > windowAgeMs : now() - loadedAt > failureAgeMs
  }

  const age = (entry: WindowEntry | undefined): number => now() - (entry?.loadedAt ?? Infinity)

  /** A window that holds the start of a range: a part of a known one costs no request. */
  function findCover(agentId: number, { from, to }: TimeRange): WindowEntry | undefined {
    const covers = [...entries.values()].filter(
      (entry) =>
        entry.loaded &&
        entry.agentId === agentId &&
        !isStale(entry) &&
        (entry.loaded.coveredFrom ?? entry.range.from) <= from &&
        (entry.range.to >= to || entry.range.to - unsettledMs > from),
    )
    return covers.toSorted((a, b) => Math.min(b.range.to, to) - Math.min(a.range.to, to))[0]
  }

  async function read(entry: WindowEntry, cover: WindowEntry | undefined): Promise<LoadedWindow> {
    const { agentId, range, progress } = entry
    const isWhole = cover !== undefined && cover.range.to >= range.to
    const until = cover && !isWhole ? cover.range.to - unsettledMs : range.to
    const calls = cover?.loaded!.calls.filter(({ time }) => time >= range.from && time < until)
    if (isWhole) return { calls: calls!, expected: calls!.length, coveredFrom: undefined }
    return loadWindow(client, {
      agentId,
      range,
      maxRows,
      pageSize,
      signal: closing.signal,
      onProgress: (next) => Object.assign(progress, next),
      known: calls && { calls, until },
    })
  }

  const isLoading = ({ loaded, error }: WindowEntry): boolean => !loaded && error === undefined

  function start(agentId: number, range: TimeRange, isWhole: boolean): WindowEntry {
    if ([...entries.values()].filter(isLoading).length >= maxLoads)
      throw new BusyError('too many ranges are being loaded')
    const cover = isWhole ? undefined : findCover(agentId, range)
    const entry = {
      agentId,
      range,
      progress: { loaded: 0, expected: undefined },
      readAt: cover?.readAt ?? now(),
    } as unknown as WindowEntry
    entry.result = read(entry, cover)
    const settle = (change: Partial<WindowEntry>): void => {
      Object.assign(entry, change, { loadedAt: now() })
      evict()
    }
    entry.result.then(
      (loaded) => settle({ loaded }),
      (error: unknown) => settle({ error }),
    )
    return entry
  }

  return {
    pin(agentId, name, isFresh) {
      const key = `${agentId} ${name}`
      const time = now()
      let to = pins.get(key)
      const age = to === undefined ? Infinity : time - to
      // Whole seconds, so that readers who come at once share a window.
      if (to === undefined || age > (isFresh ? minPinAgeMs : pinAgeMs))
        to = Math.floor(time / 1000) * 1000
      pins.delete(key)
      pins.set(key, to)
      if (pins.size > 1000) pins.delete(pins.keys().next().value!)
      return { from: to - rangeSpansMs[name], to }
    },
    open(agentId, range, fresh) {
      const key = `${agentId} ${range.from} ${range.to}`
      let entry = entries.get(key)
      const isAsked = fresh === 'all' && age(entry) > failureAgeMs
      const isOld = entry && (fresh !== undefined || entry.error !== undefined) && isStale(entry)
      if (!entry || isOld || isAsked) entry = start(agentId, range, fresh === 'all')
      entries.delete(key)
      entries.set(key, entry)
      evict()
      return entry
    },
    close: () => closing.abort(),
  }
}
