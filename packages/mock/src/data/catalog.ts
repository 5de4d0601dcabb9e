import { listOperations, type SpecDocument } from '@cekura-kit/spec/document'
import type { AgentPage, MetricDefinition } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }

const operations = listOperations(bundled as unknown as SpecDocument)

/** The first documented response of an operation. */
const exampleOf = (operationId: string): unknown =>
  operations.find((operation) => operation.operationId === operationId)?.responses[0]?.examples[0]
    ?.value

/** The agents of a sandbox; the first one has most of the calls. */
export const agents = (exampleOf('agents.list') as AgentPage).results

/** The metrics of every agent; each evaluated call has a result of each. */
export const metrics = exampleOf('metrics.list') as readonly MetricDefinition[]

/** The assistants that take the calls of every agent. */
export const assistants = ['asst_1234567890', 'agent_xyz789'] as const
