import { BrokenRule, UsageError, type Check, type Need } from './check.ts'
import { planSuite } from './plan-suite.ts'
import type { Target } from './target.ts'

export interface Outcome {
  id: string
  layer: Check['layer']
  title: string
  /**
   * `differs`: a live service does not do what was inferred of it, which is news and no failure.
   * `inapplicable`: the target lacks what the check needs.
   */
  result: 'passed' | 'failed' | 'differs' | 'inapplicable'
  /** Why it failed, differs or does not apply; or what is worth reading beside a pass. */
  message?: string
  durationMs: number
}

export interface SuiteReport {
  target: string
  /** Number of checks that had to run; equal to the outcomes that are not inapplicable. */
  planned: number
  outcomes: Outcome[]
}

export interface SuiteOptions {
  /** Milliseconds from any point on; default `performance.now`. */
  now?: () => number
  /** Called after each check. */
  onOutcome?: (outcome: Outcome) => void
}

/**
 * One check against a target. A fault of the check itself is a failure too.
 *
 * @throws {UsageError} if the check would write to a service
 */
export async function runCheck(
  check: Check,
  target: Target,
  now: () => number = () => performance.now(),
): Promise<Outcome> {
  const { id, layer, title, origin } = check
  const start = now()
  const done = (result: Outcome['result'], message: string | void): Outcome => ({
    id,
    layer,
    title,
    result,
    ...(message && { message }),
    durationMs: now() - start,
  })
  try {
    return done('passed', await check.run(target))
  } catch (error) {
    if (error instanceof UsageError) throw error
    const isNews = origin === 'inferred' && target.isPolite && error instanceof BrokenRule
    const { message, stack } = error as Error
    return done(
      isNews ? 'differs' : 'failed',
      error instanceof BrokenRule ? message : `the check itself failed: ${stack ?? message}`,
    )
  }
}

const lacking = (lacks: readonly Need[]): string =>
  lacks.includes('writes')
    ? 'writes are never sent to a service'
    : `the target lacks: ${lacks.join(', ')}`

/** Runs every check that the target can be held to, one after another. */
export async function runSuite(
  checks: readonly Check[],
  target: Target,
  { now, onOutcome }: SuiteOptions = {},
): Promise<SuiteReport> {
  const { applicable, rest } = planSuite(checks, target.capabilities)
  const outcomes: Outcome[] = []
  for (const check of applicable) {
    const outcome = await runCheck(check, target, now)
    outcomes.push(outcome)
    onOutcome?.(outcome)
  }
  return {
    target: target.name,
    planned: applicable.length,
    outcomes: [
      ...outcomes,
      ...rest.map(({ check: { id, layer, title }, lacks }) => ({
        id,
        layer,
        title,
        result: 'inapplicable' as const,
        message: lacking(lacks),
        durationMs: 0,
      })),
    ],
  }
}
