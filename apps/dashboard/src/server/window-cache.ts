import type { CekuraClient } from '@cekura-kit/client'
import type { RangeName } from '../shared/dashboard-api.ts'
import { loadWindow, type LoadedWindow, type LoadProgress, type TimeRange } from './load-window.ts'

export interface WindowEntry {
  range: TimeRange
  progress: LoadProgress
  /** Settled once the walk has ended. */
  result: Promise<LoadedWindow>
  loaded?: LoadedWindow
  error?: unknown
  loadedAt?: number
}

export interface WindowCache {
  /** The instants that a named range means now; the same for all readers of the next minutes. */
  pin(agentId: number, name: RangeName, fresh: boolean): TimeRange
  /** The window, read if nobody has; all readers share one walk. */
  open(agentId: number, range: TimeRange): WindowEntry
  /** Ends every walk. */
  close(): void
}

export interface WindowCacheOptions {
  client: CekuraClient
  /** Calls kept of one window; default 50 000. */
  mostRows: number
  /** Windows kept; the least recently used goes first. */
  mostWindows: number
  /** Calls kept over all windows. */
  mostTotalRows: number
  pageSize: number
  now: () => number
}

const hourMs = 3_600_000
const spans: Record<RangeName, number> = {
  '1h': hourMs,
  '24h': 24 * hourMs,
  '7d': 7 * 24 * hourMs,
  '14d': 14 * 24 * hourMs,
  '30d': 30 * 24 * hourMs,
}
/** A pin this old is made anew; a reader who wants it sooner asks. */
const pinAgeMs = 10 * 60_000
/** A failed walk may be tried again after this long, so that a page that asks often does no harm. */
const failureAgeMs = 2000
const windowAgeMs = 30 * 60_000

/** Windows of calls, each walked once. */
export function createWindowCache(options: WindowCacheOptions): WindowCache {
  const { client, mostRows, mostWindows, mostTotalRows, pageSize, now } = options
  const entries = new Map<string, WindowEntry>()
  const pins = new Map<string, number>()
  const closing = new AbortController()

  const total = (): number =>
    [...entries.values()].reduce((sum, { loaded }) => sum + (loaded?.calls.length ?? 0), 0)

  function evict(): void {
    for (const [key, entry] of entries) {
      if (entries.size <= mostWindows && total() <= mostTotalRows) return
      if (entry.loaded || entry.error !== undefined) entries.delete(key)
    }
  }

  function isStale({ error, loadedAt }: WindowEntry): boolean {
    if (loadedAt === undefined) return false
    return now() - loadedAt > (error === undefined ? windowAgeMs : failureAgeMs)
  }

  function start(agentId: number, range: TimeRange): WindowEntry {
    const progress: LoadProgress = { loaded: 0, expected: undefined }
    const result = loadWindow(client, {
      agentId,
      range,
      mostRows,
      pageSize,
      signal: closing.signal,
      onProgress: (next) => Object.assign(progress, next),
    })
    const entry: WindowEntry = { range, progress, result }
    const settle = (change: Partial<WindowEntry>): void => {
      Object.assign(entry, change, { loadedAt: now() })
      evict()
    }
    result.then(
      (loaded) => settle({ loaded }),
      (error: unknown) => settle({ error }),
    )
    return entry
  }

  return {
    pin(agentId, name, fresh) {
      const key = `${agentId} ${name}`
      const last = pins.get(key)
      const time = now()
      let to = last
      // Whole seconds, so that readers who come at once share a window.
      if (to === undefined || fresh || time - to > pinAgeMs) to = Math.floor(time / 1000) * 1000
      pins.delete(key)
      pins.set(key, to)
      if (pins.size > 1000) pins.delete(pins.keys().next().value!)
      return { from: to - spans[name], to }
    },
    open(agentId, range) {
      const key = `${agentId} ${range.from} ${range.to}`
      let entry = entries.get(key)
      if (!entry || isStale(entry)) entry = start(agentId, range)
      entries.delete(key)
      entries.set(key, entry)
      evict()
      return entry
    },
    close: () => closing.abort(),
  }
}
