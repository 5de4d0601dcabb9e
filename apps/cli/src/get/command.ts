import { text as readText } from 'node:stream/consumers'
import { UsageError } from '../errors/command-error.ts'
import { defineCommand } from '../options/command.ts'
import { agent, chooseFormat, fields, format, from, json, showPii, tz } from '../options/flags.ts'
import { setKeySuggestion } from '../config/api-key.ts'
import { planGet } from './plan.ts'

export const getCommand = defineCommand({
  name: 'get',
  summary: 'Show calls by id',
  description:
    "Show calls by id, in the order given, with every field and metric. The id is the number in the field id, not the provider's call_id.",
  examples: [
    'cekura-logs get 481522 481521 --agent 2142',
    'cekura-logs get 481522 --agent 2142 --format json',
    'export CEKURA_AGENT_ID=2142; cekura-logs list | jq .id | cekura-logs get -',
  ],
  arguments: [{ name: '[id...]', help: 'Call ids, or - to read them from stdin' }],
  flags: {
    agent,
    from: { ...from, defaultText: "the API's own look-back" },
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
    const plan = planGet({ ...options, now: io.now() }, ids)
    const output = {
      ...options,
      format: chooseFormat(options, io.isTTY.stdout),
      zone: options.tz,
      isRecord: true,
    }
    const { runGet } = await import('./run.ts')
    await runGet(await context.createClient(), plan, output, context)
  },
})
