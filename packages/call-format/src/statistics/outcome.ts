/** How a call ended, from the one field `success`; `status` can lag behind it. */
export type Outcome = 'success' | 'failure' | 'not_evaluated'

export const outcomes: readonly Outcome[] = ['success', 'failure', 'not_evaluated']

/** A call whose `success` is null, missing or not a boolean is not evaluated. */
export const outcomeOf = (call: { readonly success?: unknown }): Outcome =>
  call.success === true ? 'success' : call.success === false ? 'failure' : 'not_evaluated'

/** Counts by outcome. */
export interface OutcomeCounts {
  success: number
  failure: number
  not_evaluated: number
}

export const noOutcomes = (): OutcomeCounts => ({ success: 0, failure: 0, not_evaluated: 0 })

/** Successes among the evaluated calls, from 0 to 1; null when none is evaluated. */
export const successRate = ({ success, failure }: OutcomeCounts): number | null =>
  success + failure === 0 ? null : success / (success + failure)
