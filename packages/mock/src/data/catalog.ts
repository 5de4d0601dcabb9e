import type { Agent, MetricDefinition } from '@cekura-kit/types'

const project = 77

/** The agents of a sandbox; the second one has few calls. */
export const agents = [
  {
    id: 2142,
    name: 'Order line',
    description: 'You answer questions about orders. Check the customer number first.',
    project,
    language: 'en',
    telephony: { phone_number: '+15550100901', inbound: true },
    provider: { type: 'vapi', agent_id: 'asst_1234567890' },
    agent_speaks_first: true,
    created_at: '2024-11-04T08:00:00Z',
    updated_at: '2025-01-10T13:30:00Z',
  },
  {
    id: 2143,
    name: 'Renewals',
    description: 'You help customers whose contract ends soon.',
    project,
    language: 'en',
    telephony: { phone_number: '+15550100902', inbound: true },
    provider: { type: 'custom', agent_id: null },
    agent_speaks_first: true,
    created_at: '2024-12-02T08:00:00Z',
    updated_at: '2024-12-20T09:15:00Z',
  },
] as const satisfies Agent[]

/** The assistants that take the calls of every agent. */
export const assistants = ['asst_1234567890', 'agent_xyz789'] as const

const metric = (
  id: number,
  name: string,
  eval_type: string,
  own: Partial<MetricDefinition> = {},
): MetricDefinition => ({
  id,
  name,
  eval_type,
  slug: name.toLowerCase().replaceAll(' ', '_'),
  project,
  agents: agents.map((agent) => agent.id),
  type: 'llm_judge',
  audio_enabled: false,
  observability_enabled: true,
  simulation_enabled: true,
  sampling_enabled: false,
  evaluation_trigger: 'always',
  metric_cost: 0.2,
  ...own,
})

/** The metrics of every agent; each evaluated call has a result of each. */
export const metrics: readonly MetricDefinition[] = [
  metric(310, 'Latency', 'numeric', { type: 'custom_code', metric_cost: 0 }),
  metric(311, 'CSAT', 'numeric'),
  metric(312, 'Sentiment', 'enum', { enum_values: ['positive', 'neutral', 'negative'] }),
  metric(320, 'Followed the script', 'binary', { evaluation_trigger: 'automatic' }),
]
