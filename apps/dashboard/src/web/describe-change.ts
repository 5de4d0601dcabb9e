import { formatPercent, formatPoints, withSign } from '@cekura-kit/call-format'
import { minEvaluatedCalls, significanceLevel } from '@cekura-kit/call-format'
import type { MeanChange, RateChange, RateResult } from '@cekura-kit/call-format'

/** Color of a change of a rate for which higher is better: only of a significant one. */
export const toneOf = (result: RateResult): 'good' | 'bad' | '' =>
  result === 'higher' ? 'good' : result === 'lower' ? 'bad' : ''

const results: Record<RateResult, string> = {
  higher: 'a significant increase',
  lower: 'a significant decrease',
  not_significant: 'not a significant change',
  too_few_calls: `too few calls to compare, ${minEvaluatedCalls} needed in each period`,
}

/** `73.5%, −2.0 pp: a significant decrease.` */
export function describeChange(
  { now, before, difference, result }: RateChange | MeanChange,
  format?: (value: number) => string,
): string {
  if (now === null || before === null || difference === null) return `${results.too_few_calls}.`
  const value = format ? format(now) : formatPercent(now)
  const decimals = format ? (value.split('.')[1]?.length ?? 0) : 1
  const change = format
    ? withSign(difference, (size) => size.toFixed(decimals))
    : formatPoints(difference)
  return `${value}, ${change}: ${results[result]}.`
}

/** The details of a comparison, for a tooltip. */
export function explainChange(change: RateChange, evaluated: number, isOneOfMany = false): string {
  const { before, low, high, p, result } = change
  if (result === 'too_few_calls') return `${results.too_few_calls} (${evaluated} evaluated now).`
  return [
    `${formatPercent(before)} in the previous period`,
    `95% interval of the change: ${formatPoints(low)} to ${formatPoints(high)}`,
    `p = ${p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3)}, significant below ${significanceLevel}${isOneOfMany ? '; corrected for the number of rows (Holm)' : ''}`,
    'Calls of one incident are not independent, which the test assumes.',
  ].join('\n')
}
