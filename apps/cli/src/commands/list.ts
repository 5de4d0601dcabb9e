import type { CallLogStatus } from '@cekura-kit/client'
import { Command, Option } from '@commander-js/extra-typings'
import {
  agentOption,
  chooseFormat,
  fieldsOption,
  formatOption,
  fromOption,
  jsonOption,
  requireAgent,
  showPiiOption,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { checkRange } from '../settings/check-range.ts'
import { readTime } from '../settings/read-time.ts'
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

export interface ListPlan {
  agentId: number
  /** Undefined: the service decides how far back it looks. */
  from: number | undefined
  to: number
  limit: number
  assistant: string | undefined
  status: CallLogStatus | undefined
}

/** @throws {UsageError} when something is missing or contradicts */
export function planList(options: {
  agent?: number | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
  assistant?: string | undefined
  status?: CallLogStatus | undefined
  now: number
}): ListPlan {
  const { now, limit, assistant, status } = options
  const agentId = requireAgent('list calls', options.agent)
  const from = options.from === undefined ? undefined : readTime('from', options.from, now)
  const to = options.to === undefined ? now : readTime('to', options.to, now)
  if (from !== undefined)
    checkRange('list calls', { text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to, limit, assistant, status }
}
