import { dayMs, type TimeRange } from '@cekura-kit/call-format'
import { listCallLogsInRange, type CallLog, type CekuraClient } from '@cekura-kit/client'
import { planSlices, type Slice } from './plan-slices.ts'
import { prepareCall, type PreparedCall } from './prepare-call.ts'

interface LoadOptions {
  client: CekuraClient
  agentId: number
  /** Adjacent parts of the range, newest first. */
  parts: readonly Slice[]
  maxRows: number
  pageSize: number
  /** Whether the search looks at personal data. */
  isSearched: boolean
  signal: AbortSignal
  /** Called with the calls from a time to the end of the range, newest first. */
  onCalls: (calls: PreparedCall[], completeFrom: number, isPart: boolean) => void
  /** Called with the number of calls loaded so far, and of all as far as the API says it. */
  onProgress: (loaded: number, expected: number | undefined) => void
}

const maxParallel = 6
/** The API rejects ranges a little longer than this. */
const maxProbeMs = 30 * dayMs
const headShare = 1 / 256
const minSliceMs = 60_000
/** Whether the ends of a range are included is not documented; what is loaded too much is dropped. */
const overlapMs = 1000
const pagesPerSlice = 3
/** Slices of a part whose number of calls is not known. */
const unknownSlices = 32
/** Each time that calls are passed on, there are this many times more. */
const growth = 1.3

const newestFirst = (a: PreparedCall, b: PreparedCall): number => b.at - a.at || b.id - a.id

/** More calls than are kept. */
class TooManyCalls extends Error {}

/** Reads slices, and counts what it reads. */
function createReader(options: LoadOptions, signal: AbortSignal) {
  const { client, agentId, pageSize, maxRows, isSearched, onProgress } = options
  let loaded = 0
  let expected: number | undefined = 0
  const count = (calls: number, all: number | undefined = 0): void => {
    loaded += calls
    onProgress(loaded, expected === undefined ? undefined : (expected += all))
  }
  const keep = (calls: readonly CallLog[], { from, to }: TimeRange): PreparedCall[] =>
    calls
      .map((call) => prepareCall(call, isSearched, from))
      .filter(({ at }) => from <= at && at < to)
      .sort(newestFirst)
  const queryOf = ({ from, to }: TimeRange) => ({
    agent_id: agentId,
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
        const calls = keep(results, part)
        count(calls.length, calls.length)
        return [{ ...part, calls }]
      }
      if (all === undefined) expected = undefined
      count(0, all)
      const slices = all === undefined ? unknownSlices : Math.ceil(all / pageSize / pagesPerSlice)
      return planSlices(part, slices, isNewest)
    },
    /** @throws {TooManyCalls} for more than are kept */
    async read(slice: Slice): Promise<PreparedCall[]> {
      const calls: CallLog[] = []
      for await (const call of listCallLogsInRange(client, queryOf(slice), { signal })) {
        calls.push(call)
        count(1)
        if (calls.length <= maxRows) continue
        count(-calls.length)
        throw new TooManyCalls()
      }
      return keep(calls, slice)
    },
  }
}

/** The parts of a range that are requested first: a small one at the newest end, then long ones. */
const planProbes = (parts: readonly Slice[]): Slice[] =>
  parts.flatMap((part, index) => {
    if (part.calls) return [part]
    const span = part.to - part.from
    const head = part.to - (index === 0 && span > dayMs ? span * headShare : 0)
    return [
      ...(head < part.to ? [{ from: head, to: part.to }] : []),
      ...planSlices({ from: part.from, to: head }, Math.ceil(span / maxProbeMs), false),
    ]
  })

/** Passes on the slices that are complete without a gap, at growing intervals. */
function createPublisher(
  slices: readonly Slice[],
  { maxRows, onCalls }: LoadOptions,
  onFull: () => void,
) {
  const calls: PreparedCall[] = []
  const seen = new Set<number>()
  let complete = 0
  let published = -1
  return (isLast = false, isFull = false): void => {
    for (let slice = slices[complete]; slice?.calls; slice = slices[(complete += 1)])
      for (const call of slice.calls)
        if (!seen.has(call.id)) {
          seen.add(call.id)
          calls.push(call)
        }
    const isDue = isLast || complete === slices.length || calls.length > published * growth
    if (calls.length > maxRows) {
      onFull()
      const { at } = calls[maxRows]!
      onCalls(
        calls.slice(0, maxRows).filter((call) => call.at > at),
        at + 1,
        true,
      )
    } else if (isDue && complete > 0) {
      published = calls.length
      onCalls([...calls], slices[complete - 1]!.from, isFull)
    }
  }
}

/**
 * Loads the calls of a range, several parts of it in parallel, and passes on what is complete from
 * the newest end. The API's order is not documented, so newest means by time.
 */
export async function loadRange(options: LoadOptions): Promise<void> {
  const stop = new AbortController()
  const reader = createReader(options, AbortSignal.any([options.signal, stop.signal]))
  const probes = planProbes(options.parts).map((part, index) => reader.probe(part, index < 2))
  const probed = Promise.all(probes)
  probed.catch(() => {})
  // The newest calls do not wait for the others.
  const [newest] = (await probes[0]) ?? []
  if (newest?.calls) options.onCalls([...newest.calls], newest.from, false)
  const slices = (await probed).flat()
  const publish = createPublisher(slices, options, () => stop.abort())
  const started = new Set<Slice>()

  async function load(slice: Slice): Promise<void> {
    try {
      slice.calls = await reader.read(slice)
    } catch (error) {
      if (!(error instanceof TooManyCalls)) throw error
      if (slice.to - slice.from <= minSliceMs) {
        // So many calls within a minute are not kept, nor are those before it.
        stop.abort()
        return publish(true, true)
      }
      slices.splice(slices.indexOf(slice), 1, ...planSlices(slice, 2, false))
    }
    publish()
  }
  async function work(): Promise<void> {
    for (;;) {
      const slice = slices.find((one) => !one.calls && !started.has(one))
      if (!slice || stop.signal.aborted) return
      started.add(slice)
      await load(slice)
    }
  }

  publish()
  try {
    await Promise.all(Array.from({ length: maxParallel }, work))
  } catch (error) {
    // What is no longer needed was stopped on purpose.
    if (stop.signal.aborted) return
    stop.abort()
    publish(true)
    throw error
  }
}
