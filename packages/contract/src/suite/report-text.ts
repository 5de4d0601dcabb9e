import type { Outcome, SuiteReport } from './run-suite.ts'

const count = (outcomes: readonly Outcome[], result: Outcome['result']): number =>
  outcomes.filter((outcome) => outcome.result === result).length

/**
 * Whether a run may be trusted: no check failed or went without a response, and, if `strict`, none
 * differs from an assumption.
 */
export const isGreen = (
  { outcomes, stopped }: SuiteReport,
  { strict = false }: { strict?: boolean } = {},
): boolean =>
  stopped === undefined &&
  count(outcomes, 'failed') === 0 &&
  count(outcomes, 'no-response') === 0 &&
  (!strict || count(outcomes, 'differs') === 0)

const labels: readonly [Outcome['result'], string][] = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['no-response', 'without a response'],
  ['differs', 'deviations from assumptions'],
  ['inapplicable', 'not applicable'],
]

/** Totals of a run in one line. */
export function summarize({ target, outcomes }: SuiteReport): string {
  const totals = labels.flatMap(([result, label], at) => {
    const found = count(outcomes, result)
    return at < 2 || found > 0 ? [`${found} ${label}`] : []
  })
  return `${target}: ${outcomes.length} checks: ${totals.join(', ')}`
}

/**
 * What failed, and what deviates from an assumption. Checks with the same problem are one entry:
 * the first of them, how many there are, and below it the message.
 */
export function describeProblems({ outcomes }: SuiteReport): string[] {
  const byProblem = new Map<string, Outcome[]>()
  for (const outcome of outcomes) {
    const { result, message, problem = message } = outcome
    if (result === 'passed' || result === 'inapplicable') continue
    // The same problem in another row.
    const key = `${result} ${problem?.replaceAll(/\/\d+/g, '')}`
    byProblem.set(key, [...(byProblem.get(key) ?? []), outcome])
  }
  return [...byProblem.values()].map(([first, ...others]) => {
    const more = others.length === 0 ? '' : `, and ${others.length} more`
    return `${first!.result} ${first!.id}${more}\n  ${first!.message}`
  })
}
