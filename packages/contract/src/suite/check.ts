import type { Capability } from '../target/capability.ts'
import type { Target } from '../target/target.ts'

/** Groups of checks, in the order in which they run. */
export const groups = {
  document: 'the document itself',
  parameters: 'parameters and request bodies, validated without HTTP',
  accepted: 'valid requests',
  rejected: 'invalid requests',
  examples: 'documented examples',
  generated: 'generated bodies',
  'response-validation': 'invalid responses, which a validator must report',
  behavior: 'filters, pages and rows',
} as const

export type Group = keyof typeof groups

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
