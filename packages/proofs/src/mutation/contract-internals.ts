/** Everything of the contract suite that mutation testing uses beyond its public API. */
export type { Check, Layer, Need } from '@cekura-kit/contract/internals/check'
export type { Page, Row } from '@cekura-kit/contract/internals/layers/behaviour/paged-list'
export { jsonHeaders, type Oracle } from '@cekura-kit/contract/internals/oracle'
export { listChecks, planSuite } from '@cekura-kit/contract/internals/plan-suite'
export { runCheck } from '@cekura-kit/contract/internals/run-suite'
export { createSend } from '@cekura-kit/contract/internals/send'
export {
  capabilitiesOf,
  createControl,
  knownData,
} from '@cekura-kit/contract/internals/start-target'
export type { Target } from '@cekura-kit/contract/internals/target'
export {
  clientRules,
  readWorld,
  setTransport,
} from '@cekura-kit/contract/internals/transport/client-rules.test-helper'
