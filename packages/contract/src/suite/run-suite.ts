import type { Target } from '../target/target.ts'
import type { Check } from './check.ts'
import { ExpectationError, NoResponseError, UsageError } from './errors.ts'
import { planSuite } from './plan-suite.ts'

export interface Outcome extends Pick<Check, 'id' | 'group' | 'title'> {
  /**
   * `differs`: a service breaks an inferred rule, which is news and not a failure.
   * `no-response`: the request says nothing about the service, because no response arrived.
   * `inapplicable`: the check needs something that the target does not have.
   */
  result: 'passed' | 'failed' | 'differs' | 'no-response' | 'inapplicable'
  /** The reason, or a note for a check that passed. */
  message?: string
  /** The problem without the request, the same for every check that fails like this. */
  problem?: string
  durationMs: number
}

export interface SuiteReport {
  target: string
  /** One per check of the document; one that did not run because the run stopped is missing. */
  outcomes: Outcome[]
  /** Why the run stopped before the last check. */
  stopped?: string
}

/** Checks in a row without a response after which a run stops. */
const maxWithoutResponse = 3

/**
 * Runs one check. An error in the check itself is a failure too.
 *
 * @throws {UsageError} if the check would write to a service
 */
export async function runCheck(check: Check, target: Target): Promise<Outcome> {
  const { id, group, title, origin } = check
  const startMs = performance.now()
  const outcome = (result: Outcome['result'], message: string | void, problem?: string) => ({
    id,
    group,
    title,
    result,
    ...(message && { message }),
    ...(problem !== undefined && { problem }),
    durationMs: performance.now() - startMs,
  })
  try {
    return outcome('passed', await check.run(target))
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof NoResponseError) return outcome('no-response', error.message)
    if (!(error instanceof ExpectationError))
      return outcome('failed', `error in the check: ${(error as Error).stack ?? String(error)}`)
    const differs = origin === 'inferred' && target.isShared
    return outcome(differs ? 'differs' : 'failed', error.message, error.problem)
  } finally {
    // No check sees what another one wrote.
    if (check.needs.includes('writes')) await target.control?.('/reset', {})
  }
}

/**
 * Runs every check that applies to the target, one after another. Stops when several checks in a row
 * get no response.
 *
 * @throws {UsageError} if a check would write to a service
 */
export async function runSuite(checks: readonly Check[], target: Target): Promise<SuiteReport> {
  const { applicable, inapplicable } = planSuite(checks, target)
  const report: SuiteReport = { target: target.name, outcomes: [] }
  let withoutResponse = 0
  for (const check of applicable) {
    const outcome = await runCheck(check, target)
    report.outcomes.push(outcome)
    // A check that sends no request says nothing about the connection.
    withoutResponse = outcome.result === 'no-response' ? withoutResponse + 1 : 0
    if (withoutResponse === maxWithoutResponse) {
      report.stopped = `No response from ${target.url} to ${maxWithoutResponse} checks in a row. Check the URL and that the server is running.`
      return report
    }
  }
  for (const { check, reason: message } of inapplicable) {
    const { id, group, title } = check
    report.outcomes.push({ id, group, title, result: 'inapplicable', message, durationMs: 0 })
  }
  return report
}
