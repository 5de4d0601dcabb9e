import { dayMs, type TimeRange } from '@cekura-kit/call-format'
import { listCallLogsInRange, type CallLog, type CekuraClient } from '@cekura-kit/client'
import { prepareCall, type PreparedCall } from './prepare-call.ts'

/** A part of a range. Its calls are those of an earlier load, if they are known. */
export interface Slice extends TimeRange {
  calls?: readonly PreparedCall[] | undefined
}

/** The calls of a range that are loaded, as of one moment. */
export interface Snapshot {
  /** Newest first, all from `completeFrom` to the end of the range. */
  calls: readonly PreparedCall[]
  completeFrom: number
  /** The range has more calls than are kept. */
  isPart: boolean
}

/** Calls loaded so far, and all calls as far as the API says it. */
export interface Progress {
  loaded: number
  expected: number | undefined
}

export interface LoadOptions {
  client: CekuraClient
  maxRows: number
  pageSize: number
  /** Whether the search looks at personal data. */
  isSearched: boolean
  /** How many requests the API rejected with 429 so far. */
  countRateLimits: () => number
}

export interface RangeLoad {
  agentId: number
  /** Adjacent parts of the range, newest first. */
  parts: readonly Slice[]
  signal: AbortSignal
  onCalls(snapshot: Snapshot): void
  onProgress(progress: Progress): void
}

const maxParallel = 6
/** The API rejects ranges a little longer than this. */
const maxProbeMs = 30 * dayMs
/** Small slices at the newest end, so that the first rows come soon. */
const probeHead = [1 / 256]
const sliceHead = [1 / 128, 1 / 64, 1 / 32]
/** Whether the ends of a range are included is not documented; what is loaded too much is dropped. */
const overlapMs = 1000
const pagesPerSlice = 3
/** Slices of a part whose number of calls is not known. */
const unknownSlices = 32
/** Each time that calls are passed on, there are this many times more. */
const growth = 1.3

const newestFirst = (a: PreparedCall, b: PreparedCall): number => b.at - a.at || b.id - a.id

/** Splits a range newest first: a head with small shares of its length, and equal slices. */
export function splitRange(
  { from, to }: TimeRange,
  head: readonly number[],
  count: number,
): TimeRange[] {
  const shares = [...head, ...Array.from({ length: count }, () => 1 / count)]
  const sum = shares.reduce((total, share) => total + share)
  const slices: TimeRange[] = []
  let covered = 0
  for (const share of shares) {
    covered += share / sum
    const end = slices.at(-1)?.from ?? to
    const start = Math.round(to - covered * (to - from))
    if (start < end) slices.push({ from: start, to: end })
  }
  slices.at(-1)!.from = from
  return slices
}

/** Reads slices, and counts what it reads. */
function createReader(options: LoadOptions, load: RangeLoad, signal: AbortSignal) {
  const { client, pageSize, maxRows, isSearched } = options
  let loaded = 0
  let expected: number | undefined = 0
  const count = (calls: number, all: number): void => {
    loaded += calls
    if (expected !== undefined) expected += all
    load.onProgress({ loaded, expected })
  }
  const prepare = (calls: readonly CallLog[], { from, to }: TimeRange): PreparedCall[] =>
    calls
      .map((call) => prepareCall(call, isSearched, from))
      .filter(({ at }) => from <= at && at < to)
      .sort(newestFirst)
  const queryOf = ({ from, to }: TimeRange) => ({
    agent_id: load.agentId,
    timestamp_from: new Date(from - overlapMs),
    timestamp_to: new Date(to),
    page_size: pageSize,
  })
  return {
    /** The slices of a part; the only one has its calls when they fit on one page. */
    async probe(part: Slice, isNewest: boolean): Promise<Slice[]> {
      if (part.calls) {
        count(part.calls.length, part.calls.length)
        return [part]
      }
      const { results, next, count: all } = await client.callLogs.list(queryOf(part), { signal })
      if (next === null) {
        const calls = prepare(results, part)
        count(calls.length, calls.length)
        return [{ ...part, calls }]
      }
      if (all === undefined) expected = undefined
      count(0, all ?? 0)
      const slices = all === undefined ? unknownSlices : Math.ceil(all / pageSize / pagesPerSlice)
      return splitRange(part, isNewest ? sliceHead : [], slices)
    },
    /** The calls of a slice; undefined when there are more than are kept. */
    async read(slice: TimeRange): Promise<PreparedCall[] | undefined> {
      const calls: CallLog[] = []
      for await (const call of listCallLogsInRange(client, queryOf(slice), { signal })) {
        calls.push(call)
        count(1, 0)
        if (calls.length > maxRows) return undefined
      }
      return prepare(calls, slice)
    },
  }
}

/** The parts of a range that are requested first: a small one at the newest end, then long ones. */
const planProbes = (parts: readonly Slice[]): Slice[] =>
  parts.flatMap((part, index) => {
    const lengthMs = part.to - part.from
    const head = index === 0 && lengthMs > dayMs ? probeHead : []
    return part.calls ? [part] : splitRange(part, head, Math.ceil(lengthMs / maxProbeMs))
  })

/**
 * Passes on the slices that are complete without a gap, at growing intervals and at the end. The
 * result is whether no more calls are needed.
 */
function createPublisher(
  slices: readonly Slice[],
  maxRows: number,
  onCalls: RangeLoad['onCalls'],
): (end?: 'failed' | 'full') => boolean {
  const calls: PreparedCall[] = []
  const seen = new Set<number>()
  let complete = 0
  let published = -1
  return (end) => {
    for (let slice = slices[complete]; slice?.calls; slice = slices[(complete += 1)])
      for (const call of slice.calls)
        if (!seen.has(call.id)) {
          seen.add(call.id)
          calls.push(call)
        }
    if (calls.length > maxRows) {
      const { at } = calls[maxRows]!
      const newest = calls.slice(0, maxRows).filter((call) => call.at > at)
      onCalls({ calls: newest, completeFrom: at + 1, isPart: true })
      return true
    }
    const isLast = end !== undefined || complete === slices.length
    if (isLast || calls.length > published * growth) {
      published = calls.length
      const completeFrom = slices[complete - 1]?.from ?? slices[0]!.to
      onCalls({ calls: [...calls], completeFrom, isPart: end === 'full' })
    }
    return end === 'full'
  }
}

/**
 * Loads the calls of a range, several parts of it in parallel, and passes on what is complete from
 * the newest end. The API's order is not documented, so newest means by time.
 */
export async function loadRange(options: LoadOptions, load: RangeLoad): Promise<void> {
  const { maxRows, countRateLimits } = options
  const stop = new AbortController()
  const reader = createReader(options, load, AbortSignal.any([load.signal, stop.signal]))
  const earlier = countRateLimits()
  const probes = planProbes(load.parts).map((part, index) => reader.probe(part, index < 2))
  const probed = Promise.all(probes)
  probed.catch(() => {})
  // The newest calls do not wait for the others.
  const [newest] = (await probes[0]) ?? []
  if (newest?.calls) load.onCalls({ calls: newest.calls, completeFrom: newest.from, isPart: false })
  const slices = (await probed).flat()
  const publish = createPublisher(slices, maxRows, load.onCalls)

  let next = 0
  let running = 0
  // Each 429 means that the API takes fewer requests at a time.
  const isAllowed = (): boolean =>
    running <= Math.max(1, maxParallel - (countRateLimits() - earlier))
  async function work(): Promise<void> {
    running += 1
    while (next < slices.length && isAllowed() && !stop.signal.aborted) {
      const slice = slices[next++]!
      slice.calls ??= await reader.read(slice)
      if (publish(slice.calls ? undefined : 'full')) stop.abort()
    }
    running -= 1
  }

  try {
    await Promise.all(Array.from({ length: maxParallel }, work))
  } catch (error) {
    // What is no longer needed was stopped on purpose.
    if (stop.signal.aborted) return
    stop.abort()
    publish('failed')
    throw error
  }
}
