import type { SpecDocument } from '@cekura-kit/spec'
import { acceptedChecks } from '../checks/accepted.ts'
import { behaviorChecks } from '../checks/behavior.ts'
import { documentChecks } from '../checks/document.ts'
import { exampleChecks } from '../checks/examples.ts'
import { generatedChecks } from '../checks/generated.ts'
import { rejectedChecks } from '../checks/rejected.ts'
import { requestValidationChecks } from '../checks/request-validation.ts'
import { responseValidationChecks } from '../checks/response-validation.ts'
import { readContract } from '../document/contract-document.ts'
import { capabilities } from '../target/capability.ts'
import { isStateful, type Target } from '../target/target.ts'
import type { Check } from './check.ts'

/**
 * Every check of a bundled OpenAPI document, in the order in which they run. Each operation has its
 * own.
 */
export function listChecks(document: object): Check[] {
  const contract = readContract(document as SpecDocument)
  const checks = [
    acceptedChecks,
    rejectedChecks,
    exampleChecks,
    generatedChecks,
    requestValidationChecks,
    responseValidationChecks,
    behaviorChecks,
  ].flatMap((checksOf) => checksOf(contract))
  return [...documentChecks, ...checks]
}

export interface SuitePlan {
  applicable: Check[]
  /** The other checks, with the reason. */
  inapplicable: { check: Check; reason: string }[]
}

type PlannedTarget = Pick<Target, 'capabilities' | 'isStateful'>

/** Why a check does not apply to a target, undefined if it does. */
function inapplicability({ needs, operationId }: Check, target: PlannedTarget): string | undefined {
  const missing = needs.filter((need) => !target.capabilities.has(need))
  // The most important reason: a write is never sent, whatever else is missing.
  if (missing.includes('writes')) return capabilities.writes
  if (missing.length > 0) return missing.map((need) => capabilities[need]).join('; ')
  return needs.includes('stateful') && operationId !== undefined && !isStateful(target, operationId)
    ? `responses of ${operationId} come from examples, not from data`
    : undefined
}

/** Which checks apply to a target. */
export function planSuite(checks: readonly Check[], target: PlannedTarget): SuitePlan {
  const plan: SuitePlan = { applicable: [], inapplicable: [] }
  for (const check of checks) {
    const reason = inapplicability(check, target)
    if (reason === undefined) plan.applicable.push(check)
    else plan.inapplicable.push({ check, reason })
  }
  return plan
}
