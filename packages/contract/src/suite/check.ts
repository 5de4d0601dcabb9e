import type { Operation } from '@cekura-kit/spec'
import { isRead, type Capability } from '../target/capability.ts'
import type { Target } from '../target/target.ts'

/** Groups of checks, in the order in which they run. */
export const groups = [
  'document',
  'accepted',
  'rejected',
  'examples',
  'generated',
  'request-validation',
  'response-validation',
  'behavior',
] as const

export type Group = (typeof groups)[number]

export interface Check {
  /** Unique, and the same for the same document; starts with the group. */
  id: string
  group: Group
  /** A fact in the present tense. */
  title: string
  /** The operation that it tests; undefined for the whole document. */
  operationId?: string
  needs: readonly Capability[]
  /**
   * `documented`: the document states the rule. `inferred`: the framework behind the API behaves like
   * this. A service that breaks an inferred rule differs, it does not fail.
   */
  origin: 'documented' | 'inferred'
  /**
   * @returns a note for the report
   * @throws {ExpectationError} if the rule is broken
   */
  run(target: Target): Promise<string | void>
}

/** A check of one operation; the id comes after the one of the operation. */
export function operationCheck(
  group: Group,
  { operationId, method }: Operation,
  check: Pick<Check, 'id' | 'title' | 'run'> & Partial<Pick<Check, 'needs' | 'origin'>>,
): Check {
  const { needs = [], origin = 'documented' } = check
  return {
    ...check,
    id: `${group}.${operationId}.${check.id}`,
    group,
    operationId,
    needs: isRead(method) || needs.includes('writes') ? needs : [...needs, 'writes'],
    origin,
  }
}
