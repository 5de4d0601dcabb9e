import { dayMs, hourMs, type TimeRange } from '@cekura-kit/call-format'
import type { CallLog, CekuraClient } from '@cekura-kit/client'
import type { RateLimits } from './rate-limits.ts'
import { prepareCall, type PreparedCall } from './prepare-call.ts'

/** A part of a range. */
export interface Slice extends TimeRange {
  /** Newest first; undefined until they are loaded. */
  calls?: readonly PreparedCall[]
  /** How many calls the API has of it, when it said so. */
  count?: number | undefined
}

/** The calls of a range that are loaded, as of one moment. */
export interface Snapshot {
  /** Newest first, all from `completeFrom` to the end of the range. */
  calls: readonly PreparedCall[]
  completeFrom: number
  /** The range has more calls than are kept. */
  isPart: boolean
}

/** How much of a range is loaded. */
export interface Loaded {
  snapshot: Snapshot
  loaded: number
  /** All calls by the API's counts; NaN when they are not known. */
  expected: number
}

export interface LoadOptions {
  client: CekuraClient
  maxRows: number
  /** Whether the search looks at personal data. */
  isSearched: boolean
  rateLimits: RateLimits
}

export interface RangeLoad {
  agentId: number
  /** Adjacent parts of the range, newest first, some of them with their calls. */
  parts: readonly Slice[]
  signal: AbortSignal
  onChange(change: Partial<Loaded>): void
}

const maxParallel = 6
/** The API rejects ranges a little longer than this. */
const maxSliceMs = 30 * dayMs
/** A small slice at the newest end of a longer range, so that the first rows come soon. */
const headShare = 1 / 256
const minHeadedMs = 2 * hourMs
/** Whether the ends of a range are included is not documented; what is loaded too much is dropped. */
const overlapMs = 1000
/** A slice with more pages is divided into slices of fewer. */
const maxPages = 4
const pagesPerSlice = 3
/** Into how many, when its number of calls is not known. */
const unknownSlices = 32
const minDividedMs = 1000
/** Each time that calls are passed on, there are this many times more. */
const growth = 1.3

const newestFirst = (a: PreparedCall, b: PreparedCall): number => b.at - a.at || b.id - a.id

/** Divides a range into equal slices, newest first. */
export function splitRange({ from, to }: TimeRange, count: number): TimeRange[] {
  const edge = (index: number): number => Math.round(to - (index / count) * (to - from))
  return Array.from({ length: count }, (_, index) => ({
    from: edge(index + 1),
    to: edge(index),
  })).filter((slice) => slice.from < slice.to)
}

/** The slices that are requested first: a small one at the newest end, then long ones. */
const planSlices = (parts: readonly Slice[]): Slice[] =>
  parts.flatMap((part, index) => {
    if (part.calls) return [part]
    const { from, to } = part
    const lengthMs = to - from
    const isHeaded = index === 0 && lengthMs > minHeadedMs
    const head = isHeaded ? Math.round(to - headShare * lengthMs) : to
    const rest = splitRange({ from, to: head }, Math.ceil(lengthMs / maxSliceMs))
    return isHeaded ? [{ from: head, to }, ...rest] : rest
  })

/** Loads the calls of a slice. If they are too many, the result is the slices to load instead. */
async function readSlice(
  { client, isSearched }: LoadOptions,
  { agentId, signal }: RangeLoad,
  slice: Slice,
): Promise<Slice[]> {
  const { from, to } = slice
  const query = {
    agent_id: agentId,
    timestamp_from: new Date(from - overlapMs),
    timestamp_to: new Date(to),
    page_size: 100,
  }
  const found: CallLog[] = []
  let pages = 0
  for await (const { results, next, count } of client.callLogs.list(query, { signal }).pages()) {
    found.push(...results)
    pages += 1
    slice.count = count
    // The API can limit the size of a page.
    const allPages = count === undefined ? pages : (count * pages) / Math.max(1, found.length)
    if (next !== null && allPages > maxPages && to - from > minDividedMs)
      return splitRange(
        slice,
        count === undefined ? unknownSlices : Math.ceil(allPages / pagesPerSlice),
      )
  }
  slice.calls = found
    .map((call) => prepareCall(call, isSearched, from))
    .filter(({ at }) => from <= at && at < to)
    .sort(newestFirst)
  return [slice]
}

const countCalls = (slices: readonly Slice[]): number =>
  slices.reduce((sum, { calls = [] }) => sum + calls.length, 0)

/** The calls of adjacent slices, each once; the newest, if they are more than are kept. */
function takeSnapshot(slices: readonly Slice[], to: number, maxRows: number): Snapshot {
  const byId = new Map<number, PreparedCall>()
  for (const { calls = [] } of slices) for (const call of calls) byId.set(call.id, call)
  const calls = [...byId.values()]
  const dropped = calls[maxRows]
  if (!dropped) return { calls, completeFrom: slices.at(-1)?.from ?? to, isPart: false }
  const newest = calls.slice(0, maxRows).filter(({ at }) => at > dropped.at)
  return { calls: newest, completeFrom: dropped.at + 1, isPart: true }
}

/**
 * Loads the calls of a range, several slices of it in parallel, and passes on what is complete from
 * the newest end. The API's order is not documented, so newest means by time.
 */
export async function loadRange(options: LoadOptions, load: RangeLoad): Promise<void> {
  const { maxRows, rateLimits } = options
  const planned = planSlices(load.parts)
  const slices = [...planned]
  const stop = new AbortController()
  const signal = AbortSignal.any([load.signal, stop.signal])
  const earlier = rateLimits.count
  const started = new Set<Slice>()
  let running = 0
  let published = -1

  function publish(isLast = false): void {
    const gap = slices.findIndex(({ calls }) => !calls)
    const complete = gap === -1 ? slices : slices.slice(0, gap)
    const count = countCalls(complete)
    load.onChange({
      loaded: countCalls(slices),
      expected: planned.reduce((sum, part) => sum + (part.calls?.length ?? part.count ?? NaN), 0),
    })
    if (!isLast && gap !== -1 && count <= maxRows && count <= published * growth) return
    published = count
    const snapshot = takeSnapshot(complete, slices[0]!.to, maxRows)
    load.onChange({ snapshot })
    if (snapshot.isPart) stop.abort()
  }
  async function work(): Promise<void> {
    // Each 429 means that the API takes fewer requests at a time.
    const limit = Math.max(1, maxParallel - (rateLimits.count - earlier))
    const slice = slices.find((one) => !one.calls && !started.has(one))
    if (!slice || running >= limit || stop.signal.aborted) return
    started.add(slice)
    running += 1
    const read = await readSlice(options, { ...load, signal }, slice)
    running -= 1
    slices.splice(slices.indexOf(slice), 1, ...read)
    publish()
    await workInParallel()
  }
  const workInParallel = (): Promise<unknown> =>
    Promise.all(Array.from({ length: maxParallel }, work))

  try {
    publish()
    await workInParallel()
  } catch (error) {
    // What is no longer needed was stopped on purpose.
    if (stop.signal.aborted) return
    stop.abort()
    publish(true)
    throw error
  }
}
