import type { MetricDefinition } from '@cekura-kit/types'
import { defineCommand } from '../options/command.ts'
import { agent, outputFlags, requireAgent } from '../options/flags.ts'

const tableFields: readonly (keyof MetricDefinition)[] = [
  'id',
  'name',
  'eval_type',
  'observability_enabled',
  'metric_cost',
]

export const metricsCommand = defineCommand({
  name: 'metrics',
  summary: 'List the metrics of an agent',
  description:
    'List the metrics of an agent, with their ids and kinds; --json has all their fields. Prompts are never shown.',
  examples: [
    'cekura-logs metrics --agent 2142',
    'cekura-logs metrics --agent 2142 --fields id,name,metric_cost',
    "cekura-logs metrics --agent 2142 | jq 'select(.observability_enabled) | .name'",
  ],
  flags: { agent, ...outputFlags },
  async run(context, options) {
    const agentId = requireAgent(options.agent)
    const { writeRecords } = await import('../output/write-records.ts')
    const { metrics } = await context.createClient()
    const found = await metrics.list({ agent_id: agentId }, { signal: context.io.signal })
    const output = { operation: 'metrics.list', name: 'metrics', tableFields } as const
    await writeRecords(context, options, output, found)
  },
})
