import { defineCommand } from '../options/command.ts'
import { agent, outputFlags, requireAgent } from '../options/flags.ts'

export const metricsCommand = defineCommand({
  name: 'metrics',
  summary: 'List the metrics of an agent',
  description: 'List the metrics of an agent, with their ids and kinds. Prompts are never shown.',
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
    await writeRecords(context, options, { operation: 'metrics.list', name: 'metrics' }, found)
  },
})
