import { callLogStatusValues, type CallLogStatus } from '@cekura-kit/types'
import { defineCommand } from '../options/command.ts'
import { flag, flagWithDefault } from '../options/flag.ts'
import {
  agent,
  chooseFormat,
  fields,
  format,
  from,
  json,
  showPii,
  to,
  tz,
} from '../options/flags.ts'
import { integer, nonEmptyString } from '../options/read-values.ts'
import { outcomes, planList, sorts, type OutcomeName, type Sort } from './plan.ts'

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
  flags: {
    agent,
    from,
    to,
    limit: flagWithDefault<number>({
      flag: '-n, --limit <n>',
      help: 'Maximum number of calls',
      group: 'Filters',
      parse: integer(1),
      default: 50,
    }),
    assistant: flag<string>({
      flag: '--assistant <id>',
      help: 'Only calls of this assistant (provider id)',
      group: 'Filters',
      parse: nonEmptyString,
    }),
    status: flag<CallLogStatus[]>({
      flag: '--status <status>',
      help: 'Only calls with this status (repeatable)',
      group: 'Filters',
      choices: callLogStatusValues as never,
      isList: true,
    }),
    outcome: flag<OutcomeName[]>({
      flag: '--outcome <outcome>',
      help: 'Only calls with this outcome, reviewed or not (repeatable)',
      group: 'Filters',
      choices: outcomes as never,
      isList: true,
    }),
    reason: flag<string[]>({
      flag: '--reason <reason>',
      help: 'Only calls with this ended reason (repeatable)',
      group: 'Filters',
      isList: true,
    }),
    topic: flag<string[]>({
      flag: '--topic <topic>',
      help: 'Only calls with this topic (repeatable)',
      group: 'Filters',
      isList: true,
    }),
    callId: flag<string[]>({
      flag: '--call-id <id>',
      help: 'Only calls with this id of the voice provider (repeatable)',
      group: 'Filters',
      isList: true,
    }),
    sort: flagWithDefault<Sort>({
      flag: '--sort <order>',
      help: 'Order; all but newest read the whole range',
      group: 'Output',
      choices: sorts,
      default: 'newest',
    }),
    format,
    json,
    fields,
    showPii,
    tz,
  },
  async run(context, options) {
    const { io } = context
    const output = { ...options, format: chooseFormat(options, io.isTTY.stdout), zone: options.tz }
    const plan = planList({ ...options, now: io.now() })
    const { runList } = await import('./run.ts')
    await runList(await context.createClient(), plan, output, context)
  },
})
