import {
  dayMs,
  formatNumber,
  formatPercent,
  formatSeconds,
  minEvaluatedCalls,
  type CallSummary,
} from '@cekura-kit/call-format'
import { planRange, type RangeOptions, type RangePlan } from '../config/plan-range.ts'
import { UsageError } from '../errors/command-error.ts'

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
export function planCheck(
  options: RangeOptions & { minSuccess: number | undefined; maxP90: number | undefined },
): CheckPlan {
  const { minSuccess, maxP90 } = options
  const range = planRange(options, dayMs)
  if (minSuccess === undefined && maxP90 === undefined)
    throw new UsageError('Missing a limit: --min-success or --max-p90.', [
      '--min-success',
      '<percent>',
    ])
  const maxP90Seconds = maxP90 === undefined ? undefined : maxP90 / 1000
  return { ...range, minSuccess, maxP90Seconds }
}

const resultOf = (calls: number, isBreached: boolean): LimitResult['result'] =>
  calls < minEvaluatedCalls ? 'too_few_calls' : isBreached ? 'breached' : 'passed'

/** The result of each limit. */
export function checkLimits(
  { minSuccess, maxP90Seconds }: CheckPlan,
  { success_rate: rate, succeeded, failed, duration_seconds: duration }: CallSummary,
): LimitResult[] {
  const results: LimitResult[] = []
  if (minSuccess !== undefined) {
    const calls = succeeded + failed
    results.push({
      limit: 'min_success',
      value: rate,
      expected: minSuccess,
      calls,
      result: resultOf(calls, (rate ?? 1) < minSuccess),
      text: `success rate ${formatPercent(rate)} of ${formatNumber(calls)} evaluated calls, expected ≥ ${formatPercent(minSuccess)}`,
    })
  }
  if (maxP90Seconds !== undefined) {
    const { p90, known: calls } = duration
    results.push({
      limit: 'max_p90',
      value: p90,
      expected: maxP90Seconds,
      calls,
      result: resultOf(calls, (p90 ?? 0) > maxP90Seconds),
      text: `p90 duration ${formatSeconds(p90)} of ${formatNumber(calls)} calls, expected ≤ ${formatSeconds(maxP90Seconds)}`,
    })
  }
  return results
}
