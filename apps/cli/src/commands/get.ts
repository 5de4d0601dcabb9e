import { text as readText } from 'node:stream/consumers'
import { Argument, Command } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import {
  agentOption,
  chooseFormat,
  fieldsOption,
  formatOption,
  fromOption,
  jsonOption,
  showPiiOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { describeCommand } from '../help-text.ts'
import { planGet } from '../plan-get.ts'

export const createGetCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('get'), {
    summary: 'get calls by id',
    text: "Gets calls by id, in the order given. The id is the number in the field id, not the provider's call_id.",
    examples: [
      'cekura-logs get 481522 481521 --agent 2142',
      'cekura-logs get 481522 --agent 2142 --format json',
      'export CEKURA_AGENT_ID=2142; cekura-logs list | jq .id | cekura-logs get -',
    ],
  })
    .addArgument(new Argument('[id...]', 'ids of calls, or - to read them from stdin'))
    .addOption(agentOption())
    .addOption(fromOption('as far back as the service looks by itself'))
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(fieldsOption())
    .addOption(showPiiOption())
    .action(async (words, options, command) => {
      const context = contextOf(command)
      const { io } = context
      const isPiped = words.length === 1 && words[0] === '-'
      if (isPiped && context.options.apiKeyFile === '-')
        throw new UsageError(
          'Cannot get calls: ids and API key cannot both come from stdin',
          'export CEKURA_API_KEY="$(cat ~/.cekura-key)"',
        )
      const ids = isPiped ? (await readText(io.stdin)).split(/\s+/).filter(Boolean) : words
      const plan = planGet({ ...options, now: io.now() }, ids)
      const output = {
        format: chooseFormat(options.format, io.isTTY.stdout),
        fields: options.fields,
        showPii: options.showPii === true,
      }
      const { runGet } = await import('../run-get.ts')
      await runGet(await context.createClient(), plan, output, context)
    })
