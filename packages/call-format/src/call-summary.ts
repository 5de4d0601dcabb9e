import { createMetricCounter, type MetricSpread } from './metric-counter.ts'
import { planBucketMs } from './plan-buckets.ts'
import { quantile } from './quantile.ts'
import { countOne, rankCounts, type ValueCount } from './rank-counts.ts'
import { readDuration } from './read-duration.ts'

/** Calls of one part of the range. Instants are ISO 8601 in UTC. */
export interface VolumeBucket {
  from: string
  to: string
  calls: number
  succeeded: number
  failed: number
  /** `success` is null or missing. */
  unjudged: number
}

/** How the buckets of {@link CallSummary.volume} lie, when it is not by their number. */
export interface BucketPlan {
  sizeMs: number
  /** What the reader's clock is ahead of UTC, so that days begin at midnight; default 0. */
  aheadMs?: number
}

/** Figures of a set of calls. */
export interface CallSummary {
  calls: number
  succeeded: number
  failed: number
  /** Calls whose `success` is null or missing; they are in no rate. */
  unjudged: number
  /** Succeeded as a share of the judged, from 0 to 1; null when none is judged. */
  success_rate: number | null
  reviewed: number
  /** Lengths in seconds; `known` says how many calls have one. */
  duration_seconds: { known: number; p50: number | null; p90: number | null }
  /** Of all calls, most frequent first; without a reason the value is empty. */
  ended_reasons: ValueCount[]
  volume: VolumeBucket[]
  metrics: MetricSpread[]
}

export interface CallCounter {
  /** Counts a call; whatever it lacks or has in another form is left out of that figure alone. */
  add(call: Readonly<Record<string, unknown>>): void
  /**
   * The figures so far.
   *
   * @param range in milliseconds since 1970; default from the first call to the last
   * @param buckets of the volume: at most so many, default 24, or as planned
   */
  end(range?: { from: number; to: number }, buckets?: number | BucketPlan): CallSummary
}

const outcomeOf = (success: unknown): number => (success === true ? 0 : success === false ? 1 : 2)
const outcomeNames = ['succeeded', 'failed', 'unjudged'] as const

const planOf = (
  { from, to }: { from: number; to: number },
  plan: number | BucketPlan,
): BucketPlan => (typeof plan === 'number' ? { sizeMs: planBucketMs(to - from, plan) } : plan)

/**
 * Counts calls one after the other and keeps numbers only, so that a million of them fit.
 *
 * @example
 * const counter = createCallCounter()
 * for await (const call of cekura.callLogs.list({ agent_id: 2142 })) counter.add({ ...call })
 * const { calls, success_rate } = counter.end()
 */
export function createCallCounter(): CallCounter {
  const outcomes = [0, 0, 0]
  let reviewed = 0
  const seconds: number[] = []
  const reasons = new Map<string, number>()
  const metrics = createMetricCounter()
  // Outcome by time, side by side.
  const times: number[] = []
  const outcomesByTime: number[] = []

  function readVolume(
    range: { from: number; to: number },
    { sizeMs: size, aheadMs = 0 }: BucketPlan,
  ): VolumeBucket[] {
    const first = Math.floor((range.from + aheadMs) / size) * size - aheadMs
    const length = Math.max(1, Math.ceil((range.to - first) / size))
    const buckets = Array.from({ length }, (_, index) => ({
      from: new Date(first + index * size).toISOString(),
      to: new Date(first + (index + 1) * size).toISOString(),
      calls: 0,
      succeeded: 0,
      failed: 0,
      unjudged: 0,
    }))
    for (const [index, time] of times.entries()) {
      // A call at the very end of the range is in the last bucket.
      const bucket = buckets[Math.min(length - 1, Math.floor((time - first) / size))]
      if (!bucket) continue
      bucket.calls += 1
      bucket[outcomeNames[outcomesByTime[index]!]!] += 1
    }
    return buckets
  }

  return {
    add(call) {
      const outcome = outcomeOf(call['success'])
      outcomes[outcome]! += 1
      if (call['is_reviewed'] === true) reviewed += 1
      const length = readDuration(call['duration'])
      if (length !== null) seconds.push(length)
      const reason = call['call_ended_reason']
      countOne(reasons, typeof reason === 'string' ? reason : '')
      metrics.add(call['metrics'])
      const time = Date.parse(String(call['timestamp']))
      if (Number.isNaN(time)) return
      times.push(time)
      outcomesByTime.push(outcome)
    },
    end(range, plan = 24) {
      const [succeeded, failed, unjudged] = outcomes as [number, number, number]
      const sorted = Float64Array.from(seconds).sort()
      let whole = range
      for (const time of range ? [] : times)
        whole = whole
          ? { from: Math.min(whole.from, time), to: Math.max(whole.to, time) }
          : { from: time, to: time }
      return {
        calls: succeeded + failed + unjudged,
        succeeded,
        failed,
        unjudged,
        success_rate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
        reviewed,
        duration_seconds: {
          known: seconds.length,
          p50: quantile(sorted, 0.5),
          p90: quantile(sorted, 0.9),
        },
        ended_reasons: rankCounts(reasons),
        volume: whole ? readVolume(whole, planOf(whole, plan)) : [],
        metrics: metrics.end(),
      }
    },
  }
}
