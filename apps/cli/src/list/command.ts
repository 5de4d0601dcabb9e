import { defineCommand } from '../options/command.ts'
import { listFlags } from './flags.ts'
import { planList } from './plan.ts'

export const listCommand = defineCommand({
  name: 'list',
  summary: 'List calls',
  description:
    "List an agent's calls: a table in a terminal, one JSON object per line in a pipe. Filters other than --assistant apply locally, after reading.",
  examples: [
    'cekura-logs list --agent 2142 --from 7d',
    'cekura-logs list --agent 2142 --from today --outcome failure --limit 10',
    "cekura-logs list --agent 2142 --from 24h | jq -r '[.id, .topic] | @tsv'",
  ],
  flags: listFlags,
  async run(context, options) {
    const plan = planList({ ...options, now: context.io.now() })
    const { runList } = await import('./run.ts')
    await runList(plan, options, context)
  },
})
