import { text as readText } from 'node:stream/consumers'
import { setKeySuggestion } from '../config/api-key.ts'
import { UsageError } from '../errors/command-error.ts'
import { defineCommand } from '../options/command.ts'
import { agent, chooseFormat, fields, format, json, showPii, tz } from '../options/flags.ts'
import { planGet } from './plan.ts'

export const getCommand = defineCommand({
  name: 'get',
  summary: 'Show calls by id',
  description:
    "Show calls by id, in the order given, with metric results and transcript. The id is the number in the field id, not the provider's call_id.",
  examples: [
    'cekura-logs get 481522 481521',
    'cekura-logs get 481522 --show-pii --format json',
    'cekura-logs list --agent 2142 | jq .id | cekura-logs get -',
  ],
  arguments: [{ name: '[id...]', help: 'Call ids, or - to read them from stdin' }],
  flags: {
    agent: { ...agent, help: 'Only calls of this agent' },
    format,
    json,
    fields,
    showPii,
    tz,
  },
  async run(context, options, args) {
    const { io } = context
    const isPiped = args.length === 1 && args[0] === '-'
    if (isPiped && context.options.apiKeyFile === '-')
      throw new UsageError('The ids and the API key cannot both come from stdin.', setKeySuggestion)
    const ids = isPiped ? (await readText(io.stdin)).split(/\s+/).filter(Boolean) : args
    const plan = planGet(options.agent, ids)
    const { runGet } = await import('./run.ts')
    await runGet(plan, { ...options, format: chooseFormat(options, io.isTTY.stdout) }, context)
  },
})
