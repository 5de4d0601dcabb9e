/** Everything of the contract suite that mutation testing uses beyond its public API. */
export type { Page, Row } from '@cekura-kit/contract/internals/checks/call-logs/paged-list'
export {
  clientRules,
  readWorld,
  setTransport,
} from '@cekura-kit/contract/internals/client/client-rules.test-helper'
export { readContract } from '@cekura-kit/contract/internals/document/contract-document'
export type { Check, Group } from '@cekura-kit/contract/internals/suite/check'
export { ExpectationError } from '@cekura-kit/contract/internals/suite/errors'
export { listChecks, planSuite } from '@cekura-kit/contract/internals/suite/plan-suite'
export { runCheck } from '@cekura-kit/contract/internals/suite/run-suite'
export { expectConforming } from '@cekura-kit/contract/internals/target/expect-conforming'
export type { Capability } from '@cekura-kit/contract/internals/target/capability'
export { createHttpClient } from '@cekura-kit/contract/internals/target/http'
export {
  knownData,
  startedCapabilities,
  startTarget,
} from '@cekura-kit/contract/internals/target/start-target'
export type { Target } from '@cekura-kit/contract/internals/target/target'
