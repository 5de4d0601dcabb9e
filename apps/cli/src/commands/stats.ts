import { Argument, Command, Option } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import {
  agentOption,
  fromOption,
  jsonOption,
  progressOption,
  requireAgent,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { checkRange } from '../settings/check-range.ts'
import { readTime } from '../settings/read-time.ts'

export const createStatsCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('stats'), {
    summary: 'figures of calls',
    text: 'Counts calls by outcome, length, ended reason and metric: those of a range, asked from the service, or those of an export. Calls that are not judged are in no rate.',
    examples: [
      'cekura-logs stats --agent 2142 --from 30d',
      'cekura-logs stats calls.parquet',
      'cekura-logs stats calls.ndjson --json | jq .success_rate',
    ],
  })
    .addArgument(new Argument('[path]', 'an export, in place of asking the service'))
    .addOption(agentOption())
    .addOption(fromOption('seven days before the end'))
    .addOption(toOption('now'))
    .optionsGroup(groups.output)
    .addOption(
      new Option('--format <format>', 'default a table on a terminal, json for a pipe').choices([
        'table',
        'json',
      ]),
    )
    .addOption(jsonOption())
    .addOption(progressOption())
    .action(async (path, options, command) => {
      const context = contextOf(command)
      const { io } = context
      const plan = planStats(path, options, io.now())
      const format = options.format ?? (io.isTTY.stdout ? 'table' : 'json')
      const { runStats } = await import('../stats/run-stats.ts')
      await runStats(plan, { format, progress: options.progress }, context)
    })

const dayMs = 86_400_000

export interface RangePlan {
  agentId: number
  from: number
  to: number
}

/** Whose calls to count: those of a range, or of an export. */
export type StatsPlan = RangePlan | { path: string }

/** @throws {UsageError} when it is not clear whose calls are meant, or when */
export function planStats(
  path: string | undefined,
  options: { agent?: number | undefined; from?: string | undefined; to?: string | undefined },
  now: number,
): StatsPlan {
  if (path !== undefined) {
    if (options.from === undefined && options.to === undefined) return { path }
    throw new UsageError(
      'Cannot count calls: --from and --to choose calls of the service, and an export is counted whole',
      `cekura-logs stats ${path}`,
    )
  }
  const agentId = requireAgent('count calls', options.agent)
  const to = options.to === undefined ? now : readTime('to', options.to, now)
  const from = options.from === undefined ? to - 7 * dayMs : readTime('from', options.from, now)
  checkRange('count calls', { text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to }
}
