import { defineCommand } from '../options/command.ts'
import { agent, chooseFormat, fields, format, json, requireAgent, tz } from '../options/flags.ts'

export const metricsCommand = defineCommand({
  name: 'metrics',
  summary: 'List the metrics of an agent',
  description: 'List the metrics of an agent, with their ids and kinds. Prompts are never shown.',
  examples: [
    'cekura-logs metrics --agent 2142',
    'cekura-logs metrics --agent 2142 --fields id,name,metric_cost',
    "cekura-logs metrics --agent 2142 | jq 'select(.observability_enabled) | .name'",
  ],
  flags: { agent, format, json, fields, tz },
  async run(context, options) {
    const { writeRecords } = await import('../output/write-records.ts')
    const agentId = requireAgent(options.agent)
    const { signal, isTTY } = context.io
    const { metrics } = await context.createClient()
    const output = { ...options, format: chooseFormat(options, isTTY.stdout), zone: options.tz }
    const found = await metrics.list({ agent_id: agentId }, { signal })
    await writeRecords('metrics.list', found, { ...output, name: 'metrics' }, context)
  },
})
