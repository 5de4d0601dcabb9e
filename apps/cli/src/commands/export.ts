import { piiRules, type PiiRule } from '@cekura-kit/calls'
import { Command, Option } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import {
  agentOption,
  concurrencyOption,
  progressOption,
  fromOption,
  requireAgent,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { exportFormats, type ExportFormat } from '../export/export-formats.ts'
import type { ExportPlan } from '../export/run-export.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { readTime } from '../settings/read-time.ts'

export const createExportCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('export'), {
    summary: 'write every call of a range to a file',
    text: 'Writes every call of a range to a file, each once. The same command goes on where it stopped; with a later --to it adds what is new.',
    examples: [
      'cekura-logs export --agent 2142 --from 30d -o calls.ndjson',
      'cekura-logs export --agent 2142 --from 2026-10-01 --to 2026-11-01 --format csv -o october.csv',
      'cekura-logs export --agent 2142 --from 90d --format parquet --pii hash -o calls.parquet',
    ],
  })
    .addOption(agentOption())
    .addOption(fromOption())
    .addOption(toOption('ten minutes ago, when calls have settled'))
    .addOption(
      new Option('--lookback <time>', 'how much is read again when --to grows').default('3d'),
    )
    .optionsGroup(groups.output)
    .addOption(new Option('-o, --output <path>', 'file to write; state and manifest lie beside it'))
    .addOption(
      new Option('--format <format>', 'ndjson is lossless, csv is safe in a spreadsheet')
        .choices(exportFormats)
        .default('ndjson' as const),
    )
    .addOption(
      new Option('--pii <rule>', 'what becomes of phone numbers, feedback and transcripts')
        .choices(piiRules)
        .default('keep' as const),
    )
    .addOption(concurrencyOption())
    .addOption(progressOption())
    .action(async (options, command) => {
      const context = contextOf(command)
      const plan = planExport({ ...options, now: context.io.now() })
      const { runExportCommand } = await import('../run-export-command.ts')
      context.finish(await runExportCommand(plan, context, options))
    })

/** @throws {UsageError} when something is missing or contradicts */
export function planExport(options: {
  agent?: number | undefined
  from?: string | undefined
  to?: string | undefined
  output?: string | undefined
  format: ExportFormat
  pii: PiiRule
  lookback: string
  now: number
}): ExportPlan {
  const { from, to, output, format, pii, lookback, now } = options
  if (from === undefined)
    throw new UsageError(
      'Cannot export: --from is missing; it says where the range begins',
      '--from 30d',
    )
  if (output === undefined)
    throw new UsageError(
      'Cannot export: --output is missing; it says which file to write',
      '--output calls.ndjson',
    )
  const plan = {
    agentId: requireAgent('export', options.agent),
    from: readTime('from', from, now),
    to: to === undefined ? undefined : readTime('to', to, now),
    path: output,
    format,
    pii,
    lookbackMs: now - readTime('lookback', lookback, now),
  }
  if (plan.to !== undefined && plan.to <= plan.from)
    throw new UsageError(
      `Cannot export: --to ${to} is not after --from ${from}; swap them`,
      `--to now`,
    )
  return plan
}
