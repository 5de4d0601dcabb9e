import type { CallLog, CallLogDetail, EvaluatedMetric, Metric } from '@cekura-kit/types'

/** A call log as it was before an evaluation started, from any operation that returns one. */
export type CallLogBefore = CallLog | CallLogDetail

const resultsOf = (call: CallLogBefore): readonly (EvaluatedMetric | Metric)[] =>
  ('evaluation' in call ? call.evaluation?.metrics : (call as CallLog).metrics) ?? []

/** The results of a call as one string, the same in a list and in detail. */
const describeResults = (call: CallLogBefore): string =>
  JSON.stringify(
    resultsOf(call)
      .map(({ id, score, enum: label, value }) => [id, score ?? null, label ?? value ?? null])
      .sort(([a], [b]) => Number(a) - Number(b)),
  )

/** Statuses of a finished evaluation. Any other value, known or not, means to keep waiting. */
const outcomes: ReadonlySet<string | undefined> = new Set<CallLog['status']>([
  'success',
  'failure',
  'reviewed_success',
  'reviewed_failure',
])

/** Whether an evaluation started or ended since a call log was read. */
export function hasChanged(before: CallLogBefore, call: CallLogDetail): boolean {
  return (
    !outcomes.has(before.status) ||
    !outcomes.has(call.status) ||
    call.success === null ||
    Date.parse(call.updated_at ?? '') > Date.parse(before.updated_at ?? '') ||
    describeResults(before) !== describeResults(call)
  )
}

/** The wanted metrics that a call has no result of, not even an empty one. */
export function missingMetrics(call: CallLogDetail, metrics: readonly number[]): number[] {
  const found = new Set(resultsOf(call).map(({ id }) => id))
  return metrics.filter((id) => !found.has(id))
}

/** Whether a call has an outcome. */
export const hasOutcome = (call: CallLogDetail): boolean => outcomes.has(call.status)
