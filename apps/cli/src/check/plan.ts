import { minEvaluatedCalls, type CallSummary } from '@cekura-kit/call-format'
import { UsageError } from '../errors/command-error.ts'
import { planRange, type RangePlan } from '../stats/plan.ts'
import { formatNumber, formatPercent } from '../terminal/format-number.ts'
import { formatSeconds } from '../terminal/progress.ts'
import { dayMs } from '../time-units.ts'

export interface CheckPlan extends RangePlan {
  /** From 0 to 1. */
  minSuccess: number | undefined
  maxP90Seconds: number | undefined
}

/** A limit and what the calls have. */
export interface LimitResult {
  limit: 'min_success' | 'max_p90'
  /** A rate from 0 to 1, or seconds; null without a call. */
  value: number | null
  expected: number
  /** Calls that the value is of. */
  calls: number
  result: 'passed' | 'breached' | 'too_few_calls'
  text: string
}

/** @throws {UsageError} without a limit, or if the range is not one */
export function planCheck(options: {
  agent: number | undefined
  from: string | undefined
  to: string | undefined
  minSuccess: number | undefined
  maxP90: number | undefined
  tz: string
  now: number
}): CheckPlan {
  const { minSuccess, maxP90 } = options
  const range = planRange(options, dayMs)
  if (minSuccess === undefined && maxP90 === undefined)
    throw new UsageError('Missing a limit: --min-success or --max-p90.', ['--min-success', '70'])
  const maxP90Seconds = maxP90 === undefined ? undefined : maxP90 / 1000
  return { ...range, minSuccess, maxP90Seconds }
}

/** The result of each limit. */
export function checkLimits(
  { minSuccess, maxP90Seconds }: CheckPlan,
  { success_rate: rate, succeeded, failed, duration_seconds: duration }: CallSummary,
): LimitResult[] {
  const results: LimitResult[] = []
  function add(
    facts: Pick<LimitResult, 'limit' | 'value' | 'expected' | 'calls'>,
    isBreached: boolean,
    text: string,
  ): void {
    const result =
      facts.calls < minEvaluatedCalls ? 'too_few_calls' : isBreached ? 'breached' : 'passed'
    results.push({ ...facts, result, text })
  }
  if (minSuccess !== undefined) {
    const calls = succeeded + failed
    add(
      { limit: 'min_success', value: rate, expected: minSuccess, calls },
      (rate ?? 1) < minSuccess,
      `success rate ${formatPercent(rate)} of ${formatNumber(calls)} evaluated calls, expected ≥ ${formatPercent(minSuccess)}`,
    )
  }
  if (maxP90Seconds !== undefined) {
    const { p90, known: calls } = duration
    add(
      { limit: 'max_p90', value: p90, expected: maxP90Seconds, calls },
      (p90 ?? 0) > maxP90Seconds,
      `p90 duration ${formatSeconds(p90)} of ${formatNumber(calls)} calls, expected ≤ ${formatSeconds(maxP90Seconds)}`,
    )
  }
  return results
}
