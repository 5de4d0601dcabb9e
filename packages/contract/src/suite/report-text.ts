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

/** Totals of a run in one line. */
export function summarize({ target, outcomes }: SuiteReport): string {
  const of = (result: Outcome['result'], label: string): string[] =>
    count(outcomes, result) > 0 ? [`${count(outcomes, result)} ${label}`] : []
  return `${target}: ${outcomes.length} checks: ${[
    `${count(outcomes, 'passed')} passed`,
    `${count(outcomes, 'failed')} failed`,
    ...of('no-response', 'without a response'),
    ...of('differs', 'deviations from assumptions'),
    ...of('inapplicable', 'not applicable'),
  ].join(', ')}`
}

/** Deviations from assumptions, one line per kind with the number of checks and an example. */
export function describeDeviations({ outcomes }: SuiteReport): string[] {
  const byProblem = new Map<string, Outcome[]>()
  for (const outcome of outcomes.filter(({ result }) => result === 'differs')) {
    const problem = outcome.problem ?? outcome.message ?? ''
    byProblem.set(problem, [...(byProblem.get(problem) ?? []), outcome])
  }
  return [...byProblem]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([problem, [first, ...others]]) =>
      others.length === 0
        ? `differs ${first!.id}: ${first!.message}`
        : `differs: ${problem} (${others.length + 1} checks, such as ${first!.id})`,
    )
}
