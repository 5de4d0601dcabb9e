import type { CallLogStatus } from '@cekura-kit/client'
import { Command, Option } from '@commander-js/extra-typings'
import {
  agentOption,
  chooseFormat,
  fieldsOption,
  formatOption,
  fromOption,
  jsonOption,
  showPiiOption,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { planList } from '../plan-list.ts'
import { someText, wholeNumber } from '../settings/read-values.ts'

const statuses = [
  'success',
  'failure',
  'reviewed_success',
  'reviewed_failure',
] as const satisfies CallLogStatus[]

export const createListCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('list'), {
    summary: "list an agent's calls",
    text: "Lists an agent's calls: a table on a terminal, one JSON object a line for a pipe.",
    examples: [
      'cekura-logs list --agent 2142 --from 7d',
      'cekura-logs list --agent 2142 --from today --status failure --limit 10',
      "cekura-logs list --agent 2142 --from 24h | jq -r '[.id, .topic] | @tsv'",
    ],
  })
    .addOption(agentOption())
    .addOption(fromOption())
    .addOption(toOption('now'))
    .optionsGroup(groups.calls)
    .addOption(
      new Option('--limit <n>', 'at most so many calls').argParser(wholeNumber(1)).default(50),
    )
    .addOption(
      new Option('--assistant <id>', "only this assistant, by the provider's id").argParser(
        someText,
      ),
    )
    .addOption(
      new Option(
        '--status <status>',
        'only this outcome; filtered here after reading, because the API cannot',
      ).choices(statuses),
    )
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(fieldsOption())
    .addOption(showPiiOption())
    .action(async (options, command) => {
      const context = contextOf(command)
      const output = {
        format: chooseFormat(options.format, context.io.isTTY.stdout),
        fields: options.fields,
        showPii: options.showPii === true,
      }
      const plan = planList({ ...options, now: context.io.now() })
      const { runList } = await import('../run-list.ts')
      await runList(await context.createClient(), plan, output, context)
    })
