import { callLogStatusValues } from '@cekura-kit/types'
import type { FlagSet } from '../options/flag.ts'
import { agent, from, outputFlags, showPii, to } from '../options/flags.ts'
import { integer, nonEmptyString } from '../options/read-values.ts'

const filter = { group: 'Filters', isList: true } as const

export const listFlags = {
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
    choices: ['success', 'failure', 'unevaluated'],
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
    choices: ['newest', 'oldest', 'longest', 'shortest'],
    default: 'newest',
  },
  ...outputFlags,
  showPii,
} as const satisfies FlagSet
