import { findBucket, type BucketPlan } from '../time/plan-buckets.ts'
import { readDuration } from '../time/read-duration.ts'
import { createMetricCounter, type MetricSpread } from './metric-counter.ts'
import { noOutcomes, outcomeOf, outcomes, successRate, type Outcome } from './outcome.ts'
import { summarizeValues, type QuantileSummary } from './quantile.ts'
import { countOne, rankCounts, type ValueCount } from './rank-counts.ts'

/** Calls of one part of the range, `from` included and `to` excluded. Times are ISO 8601 in UTC. */
export interface VolumeBucket {
  from: string
  to: string
  /** Cut off by the start or the end of the range. */
  partial: boolean
  calls: number
  succeeded: number
  failed: number
  not_evaluated: number
}

/** Statistics of a set of calls. */
export interface CallSummary {
  calls: number
  succeeded: number
  failed: number
  /** Calls whose `success` is null or missing; they are in no rate. */
  not_evaluated: number
  /** Succeeded as a share of the evaluated, from 0 to 1; null when none is evaluated. */
  success_rate: number | null
  reviewed: number
  /** Of the calls with a duration, in seconds. */
  duration_seconds: QuantileSummary
  /** Of all calls, most frequent first; without a reason the value is empty. */
  ended_reasons: ValueCount[]
  volume: VolumeBucket[]
  metrics: MetricSpread[]
}

/** What is counted of a call. */
export interface CountedCall {
  outcome: Outcome
  reviewed: boolean
  /** Duration; null when unknown. */
  seconds: number | null
  /** Empty without one. */
  reason: string
  metrics: unknown
  /** Milliseconds since 1970; null when the timestamp is not valid. */
  time: number | null
}

export interface CallCounter {
  /** Counts a call; a field that is missing or has another form is left out of its statistic. */
  add(call: Readonly<Record<string, unknown>>): void
  /** The same, for a call that was read before. */
  count(call: CountedCall): void
  /**
   * The statistics so far.
   *
   * @param plan buckets of `volume`; default none. A call outside of them is counted everywhere else.
   */
  end(plan?: BucketPlan): CallSummary
}

/** Calls per bucket and outcome. */
function countVolume(
  buckets: BucketPlan['buckets'],
  times: readonly number[],
  outcomesByTime: readonly Outcome[],
): VolumeBucket[] {
  const counts = buckets.map(noOutcomes)
  for (const [index, time] of times.entries()) {
    const bucket = counts[findBucket(buckets, time)]
    if (bucket) bucket[outcomesByTime[index]!] += 1
  }
  return buckets.map(({ from, to, isPartial }, index) => {
    const { success, failure, not_evaluated } = counts[index]!
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      partial: isPartial,
      calls: success + failure + not_evaluated,
      succeeded: success,
      failed: failure,
      not_evaluated,
    }
  })
}

function readCountedCall(call: Readonly<Record<string, unknown>>): CountedCall {
  const reason = call['call_ended_reason']
  const time = Date.parse(String(call['timestamp']))
  return {
    outcome: outcomeOf(call),
    reviewed: call['is_reviewed'] === true,
    seconds: readDuration(call['duration']),
    reason: typeof reason === 'string' ? reason : '',
    metrics: call['metrics'],
    time: Number.isNaN(time) ? null : time,
  }
}

/**
 * Counts calls one after the other and keeps numbers only, so that a million of them fit.
 *
 * @example
 * const counter = createCallCounter()
 * for await (const call of cekura.callLogs.list({ agent_id: 2142 })) counter.add({ ...call })
 * const { calls, success_rate } = counter.end()
 */
export function createCallCounter(): CallCounter {
  const counts = noOutcomes()
  let reviewed = 0
  const seconds: number[] = []
  const reasons = new Map<string, number>()
  const metrics = createMetricCounter()
  // Two lists of the same length.
  const times: number[] = []
  const outcomesByTime: Outcome[] = []
  function count(call: CountedCall): void {
    counts[call.outcome] += 1
    if (call.reviewed) reviewed += 1
    if (call.seconds !== null) seconds.push(call.seconds)
    countOne(reasons, call.reason)
    metrics.add(call.metrics)
    if (call.time === null) return
    times.push(call.time)
    outcomesByTime.push(call.outcome)
  }
  return {
    add: (call) => count(readCountedCall(call)),
    count,
    end: (plan) => ({
      calls: outcomes.reduce((sum, outcome) => sum + counts[outcome], 0),
      succeeded: counts.success,
      failed: counts.failure,
      not_evaluated: counts.not_evaluated,
      success_rate: successRate(counts),
      reviewed,
      duration_seconds: summarizeValues(seconds),
      ended_reasons: rankCounts(reasons),
      volume: countVolume(plan?.buckets ?? [], times, outcomesByTime),
      metrics: metrics.end(),
    }),
  }
}
