import { callLogStatusValues } from '@cekura-kit/types'
import { defineCommand } from '../options/command.ts'
import { agent, from, outputFlags, showPii, to } from '../options/flags.ts'
import { integer, nonEmptyString } from '../options/read-values.ts'
import { outcomes, planList, sorts } from './plan.ts'

const filter = { group: 'Filters', isList: true } as const

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
    limit: {
      flag: '-n, --limit <n>',
      help: 'Maximum number of calls',
      group: 'Filters',
      parse: integer(1),
      default: 50,
    },
    assistant: {
      flag: '--assistant <id>',
      help: 'Only calls of this assistant (provider id)',
      group: 'Filters',
      parse: nonEmptyString,
    },
    status: {
      ...filter,
      flag: '--status <status>',
      help: 'Only calls with this status',
      choices: callLogStatusValues,
    },
    outcome: {
      ...filter,
      flag: '--outcome <outcome>',
      help: 'Only calls with this outcome, reviewed or not',
      choices: outcomes,
    },
    reason: { ...filter, flag: '--reason <reason>', help: 'Only calls with this ended reason' },
    topic: { ...filter, flag: '--topic <topic>', help: 'Only calls with this topic' },
    callId: {
      ...filter,
      flag: '--call-id <id>',
      help: 'Only calls with this id of the voice provider',
    },
    sort: {
      flag: '--sort <order>',
      help: 'Order; all but newest read the whole range',
      group: 'Output',
      choices: sorts,
      default: 'newest',
    },
    ...outputFlags,
    showPii,
  },
  async run(context, options) {
    const plan = planList({ ...options, now: context.io.now() })
    const { runList } = await import('./run.ts')
    await runList(plan, options, context)
  },
})
