import type { SpecDocument } from '@cekura-kit/spec'
import type { Check, Need } from './check.ts'
import { readContract } from './contract-document.ts'
import { behaviourChecks } from './layers/behaviour-checks.ts'
import { dynamicChecks } from './layers/dynamic-checks.ts'
import { exampleChecks } from './layers/example-checks.ts'
import { negativeChecks } from './layers/negative-checks.ts'
import { oracleChecks } from './layers/oracle-checks.ts'
import { parameterChecks } from './layers/parameter-checks.ts'
import { positiveChecks } from './layers/positive-checks.ts'
import { staticChecks } from './layers/static-checks.ts'

/** Every check that a document gives, in the order they run; a new operation brings its own. */
export function listChecks(document: SpecDocument): Check[] {
  const contract = readContract(document)
  return [
    staticChecks,
    parameterChecks,
    positiveChecks,
    negativeChecks,
    exampleChecks,
    dynamicChecks,
    oracleChecks,
    behaviourChecks,
  ].flatMap((checksOf) => checksOf(contract))
}

export interface SuitePlan {
  applicable: Check[]
  /** Checks that the target cannot be held to, with what it lacks. */
  rest: { check: Check; lacks: Need[] }[]
}

/** Which checks a target can be held to. None is left out without a reason. */
export function planSuite(checks: readonly Check[], capabilities: ReadonlySet<Need>): SuitePlan {
  const plan: SuitePlan = { applicable: [], rest: [] }
  for (const check of checks) {
    const lacks = check.needs.filter((need) => !capabilities.has(need))
    if (lacks.length === 0) plan.applicable.push(check)
    else plan.rest.push({ check, lacks })
  }
  return plan
}
