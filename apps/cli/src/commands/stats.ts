import { Argument, Command, Option } from '@commander-js/extra-typings'
import {
  agentOption,
  fromOption,
  jsonOption,
  progressOption,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { planStats } from '../stats/plan-stats.ts'

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
