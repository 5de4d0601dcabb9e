import { defineCommand } from '../options/command.ts'
import { outputFlags, showPii } from '../options/flags.ts'
import { planGet } from './plan.ts'

export const getCommand = defineCommand({
  name: 'get',
  summary: 'Show calls by id',
  description:
    "Show calls by id, in the order given, with metric results and transcript. The id is the number in the field id, not the provider's call_id.",
  examples: [
    'cekura-logs get 481522 481521',
    'cekura-logs get 481522 --show-pii --format json',
    'cekura-logs list --agent 2142 | jq .id | xargs cekura-logs get',
  ],
  arguments: [{ name: '[id...]', help: 'Call ids' }],
  flags: { ...outputFlags, showPii },
  async run(context, options, args) {
    const ids = planGet(args)
    const { runGet } = await import('./run.ts')
    await runGet(ids, options, context)
  },
})
